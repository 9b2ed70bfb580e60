using System.Net;
using System.Text;
using System.Text.Json;
using Assay.Engine.Secrets;
using Assay.Server.Web.Requests;
using Assay.Sources.Contract;
using Assay.Sources.Network;

namespace Assay.Server.Connections.SecretsManagers;

/// <summary>
/// Fills a connection's placeholders from its secrets manager, asked anew for every use: neither its token nor what it answers is
/// kept. Every request goes through the host policy, and redirects are not followed, so that credentials reach no other host.
/// </summary>
internal sealed class SecretsManagerClient(GuardedHttp guarded) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private const int MaxAnswerBytes = 1024 * 1024;
    private const string SignIn = "sign in to the secrets manager";
    private const string Fetch = "fetch secrets";

    private readonly HttpClient http = Create(guarded);

    /// <exception cref="SourceException">The manager could not be asked, or holds nothing under a key.</exception>
    public async Task<ConnectionSettings> FillAsync(ConnectionSettings settings, SecretsManagerSettings manager, Secret? credentials, CancellationToken cancel)
    {
        if (Placeholders.FieldsIn(settings).Count == 0) return settings;
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        bounded.CancelAfter(Timeout);
        var token = manager.LoginUrl is null ? null : await SignInAsync(manager, credentials, bounded.Token, cancel);
        var values = await FetchAsync(manager, token, bounded.Token, cancel);
        try { return Placeholders.Fill(settings, values); }
        catch (KeyNotFoundException missing)
        {
            throw Fault(SourceFaultCode.InvalidSettings, "fill placeholders", $"The secrets manager holds no '{missing.Message}'. Check the placeholder and the path in data_jsonpath.");
        }
    }

    private async Task<string> SignInAsync(SecretsManagerSettings manager, Secret? credentials, CancellationToken bounded, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, manager.LoginUrl);
        request.Content = new StringContent(credentials?.Reveal() ?? "{}", Encoding.UTF8, "application/json");
        using var answer = await AskAsync(request, SignIn, bounded, cancel);
        var token = At(answer, manager.TokenJsonpath);
        return token is { ValueKind: JsonValueKind.String } text ? text.GetString()!
            : throw Fault(SourceFaultCode.SourceError, SignIn, $"The secrets manager's answer to the login has no text at {manager.TokenJsonpath}. Check token_jsonpath.");
    }

    private async Task<Dictionary<string, string>> FetchAsync(SecretsManagerSettings manager, string? token, CancellationToken bounded, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, manager.SecretUrl);
        if (token is not null) request.Headers.TryAddWithoutValidation(manager.TokenHeaderName, token);
        using var answer = await AskAsync(request, Fetch, bounded, cancel);
        if (At(answer, manager.DataJsonpath) is not { ValueKind: JsonValueKind.Object } data)
            throw Fault(SourceFaultCode.SourceError, Fetch, $"The secrets manager's answer has no object at {manager.DataJsonpath}. Check data_jsonpath.");
        return data.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText(), StringComparer.Ordinal);
    }

    private async Task<JsonDocument> AskAsync(HttpRequestMessage request, string step, CancellationToken bounded, CancellationToken cancel)
    {
        try
        {
            using var response = await http.SendAsync(request, bounded);
            if (!response.IsSuccessStatusCode) throw Refused(response.StatusCode, step);
            var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(bounded));
            return WellFormedText.Everywhere(answer.RootElement) ? answer : throw new JsonException();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Fault(SourceFaultCode.TimedOut, step, $"The secrets manager did not answer within {Timeout.TotalSeconds:0} s.");
        }
        catch (HttpRequestException problem)
        {
            if (problem.InnerException is SourceException inner) throw Fault(inner.Fault.Code, step, inner.Fault.Message);
            throw problem.HttpRequestError switch
            {
                HttpRequestError.SecureConnectionError => Fault(SourceFaultCode.TlsFailed, step, "The secrets manager's certificate is not trusted, or it does not speak TLS."),
                HttpRequestError.ConfigurationLimitExceeded => Fault(SourceFaultCode.SourceError, step, "The secrets manager's answer is larger than 1 MB."),
                _ => Fault(SourceFaultCode.ConnectionRefused, step, "The secrets manager cannot be reached: nothing answers at its address."),
            };
        }
        catch (JsonException)
        {
            throw Fault(SourceFaultCode.SourceError, step, "The secrets manager's answer is not JSON.");
        }
    }

    private static SourceException Refused(HttpStatusCode status, string step) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        ? Fault(SourceFaultCode.SignInFailed, step, $"The secrets manager refuses the request ({(int)status}). Check credentials_payload and its rights.")
        : Fault(SourceFaultCode.SourceError, step, $"The secrets manager answers with status {(int)status}.");

    private static JsonElement? At(JsonDocument answer, string path) =>
        JsonPath.TryParse(path, out var parsed) ? parsed.Find(answer.RootElement) : null;

    private static SourceException Fault(SourceFaultCode code, string step, string message) => new(new SourceFault(code, step, message));

    private static HttpClient Create(GuardedHttp guarded)
    {
        var handler = guarded.CreateHandler();
        handler.AllowAutoRedirect = false;
        return new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    public void Dispose() => http.Dispose();
}
