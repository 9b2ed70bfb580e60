using Azure.Identity;

namespace Assay.Sources.Abfs;

/// <summary>Azure's clouds by the suffix of their storage hosts.</summary>
internal static class AzureClouds
{
    public static Uri AuthorityOf(string storageSuffix) => storageSuffix switch
    {
        "core.chinacloudapi.cn" => AzureAuthorityHosts.AzureChina,
        "core.usgovcloudapi.net" => AzureAuthorityHosts.AzureGovernment,
        _ => AzureAuthorityHosts.AzurePublicCloud,
    };
}
