using Assay.Engine.Secrets;

namespace Assay.Sources.Abfs;

/// <param name="Authority">The sign-in service of the cloud that the account lies in.</param>
internal sealed record AzurePrincipal(string Tenant, string ClientId, Secret ClientSecret, Uri Authority);
