using System.Text.Json;

namespace Assay.Server.History;

/// <summary>All changes of one thing.</summary>
/// <param name="Created">When the thing was made.</param>
/// <param name="Id">The thing's id.</param>
/// <param name="Versions">The changes, oldest first.</param>
internal sealed record HistoryView(DateTime Created, long Id, IReadOnlyList<VersionView> Versions);

/// <param name="Changeset">Per changed member its old and new value; a secret shows only that it was changed.</param>
/// <param name="OperationType">0 insert, 1 update, 2 delete.</param>
/// <param name="Operation"><c>insert</c>, <c>update</c> or <c>delete</c>.</param>
internal sealed record VersionView(IReadOnlyDictionary<string, JsonElement> Changeset, TransactionView Transaction, int OperationType, string Operation);

/// <param name="User">Who made the change; null where Assay itself did.</param>
internal sealed record TransactionView(long Id, DateTime IssuedAt, ActorView? User);

/// <summary>Who made a change.</summary>
internal sealed record ActorView(long Id, string Name);
