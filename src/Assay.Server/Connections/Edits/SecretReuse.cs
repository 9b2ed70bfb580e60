using Assay.Server.Web.Responses;
using Assay.Sources.Contract;

namespace Assay.Server.Connections.Edits;

/// <summary>
/// Who may edit a connection must not learn its secrets by pointing it elsewhere: when the place or the user changes, every secret
/// that would go there has to be sent again. The same holds for trying a change without saving it.
/// </summary>
internal static class SecretReuse
{
    /// <param name="kept">The stored secrets that the change leaves as they are.</param>
    public static IEnumerable<FieldError> Problems(Connection before, Connection after, ConnectorSpec spec, IEnumerable<string> kept, IReadOnlyList<object> loc)
    {
        var (source, vault) = (ConnectionEndpoint.Changes(before, after, spec), ConnectionEndpoint.VaultChanges(before, after));
        foreach (var field in kept)
        {
            // What a vault holds goes wherever the connection goes, so its credentials count for both.
            var changes = field == SecretFields.CredentialsPayload ? source.Concat(vault).ToList() : source;
            if (changes.Count > 0)
                yield return new FieldError([.. loc, .. SecretFields.Loc(field)],
                    $"The stored {field} is only used with the settings it was stored for, and {string.Join(", ", changes)} changed: send {field} again", "secret_required");
        }
    }
}
