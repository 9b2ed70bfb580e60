using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Assay.Engine.Secrets;
using Assay.Sources.Aws;
using Assay.Sources.Contract;
using Assay.Sources.Files.Http;
using Assay.Sources.Network;
using Assay.Sources.S3;

namespace Assay.Sources.Redshift;

/// <summary>
/// Asks Amazon for a user's temporary password: <c>GetClusterCredentials</c> of a cluster (without a user's name the one that goes with the
/// role), <c>GetCredentials</c> of Redshift Serverless. It is used for one sign-in and kept nowhere.
/// </summary>
internal sealed class RedshiftPasswords(GuardedHttp http, TimeProvider time)
{
    public const string Step = "get temporary password";

    private const int Seconds = 900;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    /// <exception cref="SourceException">Amazon gives none.</exception>
    public async Task<(string User, Secret Password)> GetAsync(RedshiftIdentity identity, string? user, string database, CancellationToken cancel)
    {
        using var client = http.CreateClient();
        client.Timeout = AnswerLimit;
        try
        {
            var keys = await new S3Clients(http, time).CredentialsOf(identity.Role).GetCredentialsAsync().WaitAsync(cancel);
            var (body, type, target) = identity.Workgroup is { } workgroup
                ? (JsonSerializer.SerializeToUtf8Bytes(new { workgroupName = workgroup, dbName = database, durationSeconds = Seconds }), "application/x-amz-json-1.1", "RedshiftServerless.GetCredentials")
                : (await FormAsync(identity.Cluster!, user, database, cancel), "application/x-www-form-urlencoded", (string?)null);
            using var answer = await Retries.RunAsync(async stop =>
            {
                using var message = new HttpRequestMessage(HttpMethod.Post, identity.Endpoint);
                new AwsSignature(identity.Workgroup is null ? "redshift" : "redshift-serverless", identity.Region).Sign(message, body, type, target, keys, time.GetUtcNow());
                return await client.SendAsync(message, stop);
            }, time, cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            if (!answer.IsSuccessStatusCode) throw new SourceException(Refusal(identity, text));
            return identity.Workgroup is null ? OfXml(text) : OfJson(text);
        }
        catch (SourceException e)
        {
            throw new SourceException(e.Fault with { Step = Step }, e);
        }
        catch (Exception e) when (e is JsonException or XmlException or InvalidOperationException or KeyNotFoundException)
        {
            throw new SourceException(new SourceFault(SourceFaultCode.Unsupported, Step, $"{identity.Endpoint.Authority} answered in a way that Assay does not understand. Check the endpoint."), e);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            throw new SourceException((HttpFaults.Of(e, identity.Endpoint.Authority)
                ?? new SourceFault(SourceFaultCode.TimedOut, Step, $"{identity.Endpoint.Authority} did not answer in time.")) with
            { Step = Step }, e);
        }
    }

    private static async Task<byte[]> FormAsync(string cluster, string? user, string database, CancellationToken cancel)
    {
        Dictionary<string, string> fields = new()
        {
            ["Action"] = user is null ? "GetClusterCredentialsWithIAM" : "GetClusterCredentials",
            ["Version"] = "2012-12-01",
            ["ClusterIdentifier"] = cluster,
            ["DbName"] = database,
            ["DurationSeconds"] = Seconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        if (user is not null) fields["DbUser"] = user;
        using var form = new FormUrlEncodedContent(fields);
        return await form.ReadAsByteArrayAsync(cancel);
    }

    private static (string, Secret) OfXml(string text)
    {
        var answer = XDocument.Parse(text);
        string One(string name) => answer.Descendants().First(e => e.Name.LocalName == name).Value;
        return (One("DbUser"), new Secret(One("DbPassword")));
    }

    private static (string, Secret) OfJson(string text)
    {
        using var answer = JsonDocument.Parse(text);
        return (answer.RootElement.GetProperty("dbUser").GetString()!, new Secret(answer.RootElement.GetProperty("dbPassword").GetString()!));
    }

    private static SourceFault Refusal(RedshiftIdentity identity, string said)
    {
        var place = identity.Workgroup is null ? $"cluster '{identity.Cluster}'" : $"workgroup '{identity.Workgroup}'";
        bool Says(params string[] words) => words.Any(word => said.Contains(word, StringComparison.OrdinalIgnoreCase));
        return Says("ClusterNotFound", "ResourceNotFound") ? new(SourceFaultCode.NotFound, Step, $"There is no {place} in region {identity.Region}.")
            : Says("AccessDenied", "UnauthorizedOperation", "not authorized") ? new(SourceFaultCode.PermissionDenied, Step,
                $"The role may not get a password for {place}. Needed: {(identity.Workgroup is null ? "redshift:GetClusterCredentials on the user and the database (redshift:GetClusterCredentialsWithIAM without a user)" : "redshift-serverless:GetCredentials on the workgroup")}.")
            : Says("SignatureDoesNotMatch", "InvalidSignature", "InvalidClientTokenId", "UnrecognizedClient", "ExpiredToken") ? new(SourceFaultCode.SignInFailed, Step, "Amazon does not take the keys that the request was signed with.")
            : new(SourceFaultCode.SourceError, Step, $"Amazon gives no password for {place}. Try again.");
    }
}
