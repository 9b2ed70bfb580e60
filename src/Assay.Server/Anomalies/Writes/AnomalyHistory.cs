using System.Text.Json.Nodes;
using Assay.Server.History;
using Assay.Server.Identity;
using Assay.Server.Store;

namespace Assay.Server.Anomalies.Writes;

/// <summary>Writes down what changed of an anomaly. What it adds is saved with the caller's changes.</summary>
internal sealed class AnomalyHistory(AssayDb db)
{
    public const string ObjectType = "anomaly";

    public void Changed(long id, Changeset changes, Caller caller, DateTime now)
    {
        if (!changes.IsEmpty) db.Add(Change.Of(ObjectType, id, Change.Update, changes.Json, caller, now));
    }

    public void Deleted(long id, Caller caller, DateTime now) => db.Add(Change.Of(ObjectType, id, Change.Delete, new JsonObject(), caller, now));
}
