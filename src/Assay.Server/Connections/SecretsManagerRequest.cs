using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Engine.Secrets;
using Assay.Server.Web.Requests;

namespace Assay.Server.Connections;

/// <summary>A vault that speaks HTTP and JSON: how to sign in, and where the secrets are.</summary>
internal sealed record SecretsManagerRequest : JsonRequest
{
    [Description("Signing in is a POST to this URL; without one the secrets are fetched without a token.")]
    [StringLength(2048)]
    public string? LoginUrl { get; set; }

    [Description("JSON text posted to login_url. Write-only; absent or masked keeps what is stored, null clears it.")]
    [StringLength(100_000)]
    public Secret? CredentialsPayload { get; set; }

    [Description("Where the token stands in the answer to the login.")]
    [StringLength(1024)]
    public string? TokenJsonpath { get; set; }

    [Description("The secrets are a GET of this URL.")]
    [Required, StringLength(2048, MinimumLength = 1)]
    public string SecretUrl { get; set; } = "";

    [Description("The request header that carries the token.")]
    [StringLength(255)]
    public string? TokenHeaderName { get; set; }

    [Description("Where the object of keys and values stands in the answer.")]
    [StringLength(1024)]
    public string? DataJsonpath { get; set; }
}
