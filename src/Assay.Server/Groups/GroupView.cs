namespace Assay.Server.Groups;

/// <summary>A datastore group.</summary>
/// <param name="Icon">One of the mdi icons.</param>
internal sealed record GroupView(long Id, string Name, string Icon, DateTime Created)
{
    public static GroupView Of(DatastoreGroup group) => new(group.Id, group.Name, group.Icon, group.Created);
}

/// <summary>A datastore's group, as the datastore shows it.</summary>
internal sealed record GroupStub(long Id, string Name, string Icon);
