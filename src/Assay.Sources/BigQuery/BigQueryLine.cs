using System.Net.Http.Headers;
using System.Text.Json;
using Assay.Sources.Contract;
using Assay.Sources.Gcs;
using Assay.Sources.Warehouses;

namespace Assay.Sources.BigQuery;

/// <summary>Requests of one service account. Its token is kept in memory and renewed by Google's library.</summary>
internal sealed class BigQueryLine(BigQueryAccess access, WarehouseHttp http) : IDisposable
{
    private readonly GoogleSignIn signIn = new(access.Account, http.Guard, GoogleSignIn.BigQuery);

    public TimeProvider Time => http.Time;

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        var token = await TokenAsync(cancel);
        var answer = await http.SendAsync(() =>
        {
            var message = new HttpRequestMessage(method, new Uri(access.Endpoint, $"/bigquery/v2/{path}"));
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (body is not null) message.Content = WarehouseHttp.Json(body);
            return message;
        }, cancel);
        return answer.Succeeded ? answer.Body : throw BigQueryFaults.OfAnswer(answer, access);
    }

    public async Task<string> TokenAsync(CancellationToken cancel)
    {
        try
        {
            return await signIn.TokenAsync(cancel);
        }
        catch (SourceException e)
        {
            throw new WarehouseRefusal(e.Fault.Code, e.Fault.Message, e.InnerException?.Message);
        }
    }

    public void Dispose() => signIn.Dispose();
}
