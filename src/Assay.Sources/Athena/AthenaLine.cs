using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.Runtime;
using Assay.Sources.Aws;
using Assay.Sources.Contract;
using Assay.Sources.S3;
using Assay.Sources.Warehouses;

namespace Assay.Sources.Athena;

/// <summary>Signed requests of one identity. A role's temporary keys are kept in memory and renewed by themselves.</summary>
internal sealed class AthenaLine(AthenaAccess access, WarehouseHttp http)
{
    private readonly AWSCredentials identity = new S3Clients(http.Guard, http.Time).CredentialsOf(access.Identity);

    public TimeProvider Time => http.Time;

    public async Task<JsonElement> SendAsync(string action, Dictionary<string, object> request, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request);
        var keys = await KeysAsync();
        var answer = await http.SendAsync(() =>
        {
            var message = new HttpRequestMessage(HttpMethod.Post, access.Endpoint);
            new AwsSignature("athena", access.Region).Sign(message, body, "application/x-amz-json-1.1", $"AmazonAthena.{action}", keys, http.Time.GetUtcNow());
            return message;
        }, cancel);
        return answer.Succeeded ? answer.Body : throw AthenaFaults.OfAnswer(answer, access);
    }

    /// <summary>The items of an answer and of all pages behind it.</summary>
    public async IAsyncEnumerable<JsonElement> PagesAsync(string action, Dictionary<string, object> request, string items, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (string? page = ""; page is not null;)
        {
            var answer = await SendAsync(action, With(request, page), cancel);
            foreach (var item in answer.ItemsAt(items)) yield return item;
            page = answer.TextAt("NextToken");
        }
    }

    /// <summary>The same request for a further page.</summary>
    /// <param name="page">What the answer before told; empty for the first page.</param>
    public static Dictionary<string, object> With(Dictionary<string, object> request, string page)
    {
        if (page.Length > 0) request["NextToken"] = page;
        return request;
    }

    private async Task<ImmutableCredentials> KeysAsync()
    {
        try
        {
            return await identity.GetCredentialsAsync();
        }
        catch (SourceException e)
        {
            throw new WarehouseRefusal(e.Fault.Code, e.Fault.Message, e.InnerException?.Message);
        }
    }
}
