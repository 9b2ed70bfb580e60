using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Stores;
using Assay.Sources.Network;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Http;

namespace Assay.Sources.Gcs;

/// <summary>The sign-in of one service account; its token is kept and renewed by Google's library.</summary>
internal sealed class GoogleSignIn(GoogleAccount account, GuardedHttp http, string scope = GoogleSignIn.Storage) : IDisposable
{
    public const string Storage = "https://www.googleapis.com/auth/devstorage.read_write";
    public const string BigQuery = "https://www.googleapis.com/auth/bigquery";

    private readonly ServiceAccountCredential credential = new(new ServiceAccountCredential.Initializer(account.Email, account.TokenUri.AbsoluteUri)
    {
        Scopes = [scope],
        HttpClientFactory = new Guarded(http),
    }.FromPrivateKey(account.PrivateKeyPem.Reveal()));

    public async Task<string> TokenAsync(CancellationToken cancel)
    {
        try
        {
            return await credential.GetAccessTokenForRequestAsync(null, cancel);
        }
        catch (TokenResponseException refused)
        {
            var description = refused.Error?.ErrorDescription ?? "";
            var message = description.Contains("reasonable timeframe") ? "The clock of this machine is too far off Google's for a sign-in: set this machine's clock."
                : description.Contains("Invalid JWT Signature") ? $"The key is not, or not any more, one of the service account {account.Email}."
                : description.Contains("account not found") ? $"Google knows no service account {account.Email}."
                : "Google did not let the service account sign in.";
            throw new SourceException(new SourceFault(SourceFaultCode.SignInFailed, FileSteps.Credentials, message), refused);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested && HttpFaults.Of(failure, account.TokenUri.Authority) is { } network)
        {
            throw new SourceException(network with { Step = FileSteps.Credentials }, failure);
        }
    }

    public void Dispose() => credential.HttpClient.Dispose();

    private sealed class Guarded(GuardedHttp http) : HttpClientFactory
    {
        protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => http.CreateHandler();
    }
}
