using System.Text.RegularExpressions;
using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Files.Stores;
using Assay.Sources.Network;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace Assay.Sources.Abfs;

/// <summary>Signs service principals in at Microsoft Entra and keeps their tokens for as long as they are good.</summary>
internal partial class AzureSignIn(GuardedHttp http, TimeProvider time)
{
    private static readonly TokenRequestContext Storage = new(["https://storage.azure.com/.default"]);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>One session for one store: it asks once and again shortly before the token expires.</summary>
    public Session Open(AzurePrincipal principal) => new(this, principal);

    /// <summary>A token for something else than a store, asked for now.</summary>
    /// <param name="scope">What it is for, such as <c>https://database.windows.net/.default</c>.</param>
    public async Task<string> TokenAsync(AzurePrincipal principal, string scope, CancellationToken cancel) =>
        (await SignInAsync(principal, new TokenRequestContext([scope]), cancel)).Token;

    /// <summary>The handler that talks to the sign-in service; tests put their own in its place.</summary>
    protected virtual HttpMessageHandler CreateHandler() => http.CreateHandler();

    private async Task<AccessToken> SignInAsync(AzurePrincipal principal, TokenRequestContext purpose, CancellationToken cancel)
    {
        using var client = new HttpClient(CreateHandler());
        var options = new ClientSecretCredentialOptions
        {
            AuthorityHost = principal.Authority,
            Transport = new HttpClientTransport(client),
            DisableInstanceDiscovery = true,
        };
        options.Retry.MaxRetries = 1;
        try
        {
            return await new ClientSecretCredential(principal.Tenant, principal.ClientId, principal.ClientSecret.Reveal(), options).GetTokenAsync(purpose, cancel);
        }
        catch (AuthenticationFailedException refused)
        {
            throw new SourceException(FaultOf(refused, principal), refused);
        }
    }

    private static SourceFault FaultOf(AuthenticationFailedException refused, AzurePrincipal principal)
    {
        // The code may stand in the message of any exception on the way up; the texts themselves are not passed on.
        var code = EntraCode().Match(refused.ToString()).Value;
        if (code.Length == 0 && HttpFaults.Of(refused, principal.Authority.Host) is { } network) return network with { Step = FileSteps.Credentials };
        return new SourceFault(SourceFaultCode.SignInFailed, FileSteps.Credentials, code switch
        {
            "AADSTS7000215" => "The client secret is wrong; it has to be the secret's value, not its id.",
            "AADSTS7000222" => "The client secret has expired.",
            "AADSTS700016" => $"The tenant knows no application {principal.ClientId}.",
            "AADSTS90002" or "AADSTS900023" => $"There is no tenant {principal.Tenant}.",
            "" => "Microsoft Entra did not let the service principal sign in.",
            _ => $"Microsoft Entra did not let the service principal sign in ({code}).",
        });
    }

    [GeneratedRegex(@"AADSTS\d+")]
    private static partial Regex EntraCode();

    internal sealed class Session(AzureSignIn signIn, AzurePrincipal principal) : IDisposable
    {
        private readonly SemaphoreSlim turn = new(1);
        private AccessToken? token;

        public async Task<string> TokenAsync(CancellationToken cancel)
        {
            await turn.WaitAsync(cancel);
            try
            {
                if (token is null || token.Value.ExpiresOn - Margin < signIn.Now) token = await signIn.SignInAsync(principal, Storage, cancel);
                return token.Value.Token;
            }
            finally
            {
                turn.Release();
            }
        }

        public void Dispose() => turn.Dispose();
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
