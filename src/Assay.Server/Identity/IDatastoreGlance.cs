using Assay.Server.Teams;

namespace Assay.Server.Identity;

/// <summary>
/// One look at a datastore for a whole request: what decides it, and what the handler is going to answer with, which is left in the
/// request's features. Two statements would be two round trips.
/// </summary>
internal interface IDatastoreGlance
{
    /// <summary>Whether the datastore exists, and the caller's permission on it (null: none; not looked up for administrators).</summary>
    ValueTask<(bool Exists, TeamPermission? Level)> LookAsync(HttpContext http, Caller caller, long id);
}
