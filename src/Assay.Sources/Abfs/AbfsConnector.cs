using Assay.Sources.Contract;
using Assay.Sources.Files;
using Assay.Sources.Files.Stores;
using Assay.Sources.Network;

namespace Assay.Sources.Abfs;

/// <summary>Azure Data Lake Storage and Blob Storage, by the blob service that both have.</summary>
internal sealed class AbfsConnector(AzureSignIn signIn, GuardedHttp http, HostPolicy policy, TimeProvider time, FileWork work)
    : FileConnector<AbfsSettings>(work)
{
    public override ConnectorSpec Spec { get; } = new()
    {
        Type = "abfs",
        DisplayName = "Azure Data Lake Storage",
        StoreType = StoreType.Dfs,
        SupportsEnrichment = true,
        Properties =
        [
            new() { Field = "uri", Title = "URI", Required = true, Placeholder = "abfs://container@account.dfs.core.windows.net" },
            FileProperties.AuthenticationType(AbfsSettings.SharedKey, AbfsSettings.ServicePrincipal),
            new() { Field = "access_key", Title = "Account name", Required = true, FilterField = "authentication_type", FilterValue = AbfsSettings.SharedKey },
            new() { Field = "secret_key", Title = "Account key", Required = true, Secret = true, FilterField = "authentication_type", FilterValue = AbfsSettings.SharedKey },
            new() { Field = "access_key", Title = "Client id", Required = true, FilterField = "authentication_type", FilterValue = AbfsSettings.ServicePrincipal },
            new() { Field = "secret_key", Title = "Client secret", Required = true, Secret = true, FilterField = "authentication_type", FilterValue = AbfsSettings.ServicePrincipal },
            new() { Field = "tenant_id", MapTo = "parameters", Title = "Tenant id", Required = true, FilterField = "authentication_type", FilterValue = AbfsSettings.ServicePrincipal },
            new() { Field = "endpoint", MapTo = "parameters", Title = "Endpoint", Placeholder = "http://127.0.0.1:10000/devstoreaccount1", Info = "For the emulator and private addresses." },
            FileProperties.RootPath,
        ],
    };

    protected override (AbfsSettings? Settings, IReadOnlyList<SettingProblem> Problems) Parse(ConnectionSettings settings) => AbfsSettings.Parse(settings);

    protected override OpenedStore Open(AbfsSettings settings)
    {
        var client = new BlobClient(settings, http.CreateClient(), settings.Principal is null ? null : signIn.Open(settings.Principal), time);
        return new OpenedStore(new BlobFileStore(settings, client, policy, time), settings.Container, settings.Prefix);
    }
}
