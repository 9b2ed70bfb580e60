using Assay.Server.Operations.Sync;
using Assay.Sources.Contract;

namespace Assay.Server.Tests.Operations.Sync;

/// <summary>The pure part of a sync: what a listing means beside what is known.</summary>
public class SyncRulesTests
{
    private static FieldStructure Field(string name, FieldType type = FieldType.Integral, bool nullable = false) => new(name, 1, type, type.ToString(), nullable);

    private static ContainerStructure Table(string name, params FieldStructure[] fields) => new() { Name = name, Kind = ContainerKind.Table, Fields = fields };

    private static ContainerStructure Keyed(string key, params FieldStructure[] fields) => Table("t", fields) with { Keys = [new(KeyKind.Primary, "pk", [key])] };

    private static KnownContainer Known(ContainerStructure container, bool deleted = false, bool deletedByUser = false) =>
        new(1, container.Name, "table", Fingerprint.Of(container), null, StagedContainers.Spell(CountQuality.Unknown), SyncState.Available, deleted, deletedByUser);

    private static Survey Over(SyncSettings? settings = null, params KnownContainer[] known) => new(known.ToDictionary(k => k.Name), settings ?? SyncSettings.Parse("{}"));

    [Fact]
    public void Fingerprint_OfTheSameStructure_IsTheSameWhateverTheName()
    {
        var table = Table("a", Field("x"), Field("y"));
        Fingerprint.Of(table with { Name = "b" }).ShouldBe(Fingerprint.Of(table));
        Fingerprint.Parse(Fingerprint.Of(table).ToString()).ShouldBe(Fingerprint.Of(table));
        Fingerprint.Parse("odd").ShouldBe(new Fingerprint("", ""));
    }

    [Fact]
    public void Fingerprint_OfAnyDifference_Differs()
    {
        var part = new PartitionStructure("p", "s3://b/p", 1, DateTimeOffset.UnixEpoch);
        var table = Keyed("x", Field("x"), Field("y")) with { Partitions = [part] };
        ContainerStructure[] others =
        [
            table with { Kind = ContainerKind.View }, table with { Remarks = "r" }, table with { Fields = [Field("x")] }, table with { Fields = [Field("x"), Field("y") with { Nullable = true }] },
            table with { Fields = [Field("x"), Field("y") with { Remarks = "r" }] }, table with { Keys = [] }, table with { Keys = [new(KeyKind.Unique, "pk", ["x"])] },
            table with { File = new FileStructure("csv", "*", "", ".csv") }, table with { File = new FileStructure("csv", "*", "", ".csv") { HasHeader = true } },
            table with { Partitions = [] }, table with { Partitions = [part with { Size = 2 }] }, table with { Partitions = [part with { Modified = null }] }, table with { Partitions = [part, part with { Name = "q" }] },
            // Texts that only together are the same.
            table with { Fields = [Field("xy"), Field("")] },
        ];
        others.Append(table).Select(Fingerprint.Of).Distinct().Count().ShouldBe(others.Length + 1);
    }

    [Theory]
    [InlineData("updated_at", FieldType.Timestamp, "updated_at", "last-modified")]
    [InlineData("LastModifiedDate", FieldType.Timestamp, "LastModifiedDate", "last-modified")]
    [InlineData("created_at", FieldType.Timestamp, "created_at", "last-modified")]
    [InlineData("updated_at", FieldType.String, null, null)]
    [InlineData("updated_by", FieldType.Timestamp, null, null)]
    [InlineData("paid_at", FieldType.Timestamp, null, null)]
    public void FieldChoice_ByName_TakesTimesOfChangeOnly(string name, FieldType type, string? incremental, string? kind) =>
        FieldChoice.Of(Table("t", Field("note", FieldType.String, nullable: true), Field(name, type, nullable: true))).ShouldBe(new FieldChoice(incremental, kind, incremental));

    [Fact]
    public void FieldChoice_ByKey_NeedsASingleFieldThatOrders()
    {
        FieldChoice.Of(Keyed("id", Field("id"), Field("created_at", FieldType.Timestamp))).ShouldBe(new FieldChoice("id", "batch-value", "id"));
        FieldChoice.Of(Keyed("id", Field("id"), Field("updated_at", FieldType.Timestamp))).Incremental.ShouldBe("updated_at");
        FieldChoice.Of(Keyed("code", Field("code", FieldType.String))).ShouldBe(new FieldChoice(null, null, "code"));
        FieldChoice.Of(Keyed("o", Field("o", FieldType.Struct))).ShouldBe(new FieldChoice(null, null, null));
        FieldChoice.Of(Table("t", Field("a")) with { Kind = ContainerKind.File }).ShouldBe(new FieldChoice(null, null, null));
    }

    [Fact]
    public void Look_AtWhatIsKnown_HandsOnOnlyWhatDiffers()
    {
        var same = Table("same", Field("a"));
        var before = Table("wider", Field("a"));
        var survey = Over(null, Known(same), Known(before), Known(Table("back", Field("a")), deleted: true), Known(Table("hidden", Field("a")), deleted: true, deletedByUser: true));
        survey.Look(same).ShouldBeNull();
        survey.Look(Table("wider", Field("a"), Field("b")))!.StructureChanged.ShouldBeTrue();
        survey.Look(Table("back", Field("a"))).ShouldNotBeNull();
        survey.Look(Table("hidden", Field("a"), Field("b"))).ShouldBeNull();
        survey.Look(Table("new", Field("z")))!.Known.ShouldBeNull();
        survey.Look(Table("new", Field("z"))).ShouldBeNull(); // a name that comes twice counts once
        (survey.Listed, survey.Added, survey.Changed, survey.Restored).ShouldBe((5, 1, 1, 1));
    }

    [Fact]
    public void Look_AtAContainerThatCannotBeRead_KeepsWhatWasKnown()
    {
        var table = Table("t", Field("a"));
        var survey = Over(null, Known(table));
        var seen = survey.Look(Table("t") with { Problem = new SourceFault(SourceFaultCode.SourceError, "read", "broken") })!;
        (seen.Unreadable, seen.StructureChanged, seen.Fingerprint).ShouldBe((true, false, Fingerprint.Of(table)));
        survey.Unreadable.ShouldBe([("t", "broken")]);
        survey.Vanished().ShouldBeEmpty();
    }

    [Fact]
    public void Vanished_AreThoseInScopeThatTheListingLacked()
    {
        var (gone, kept) = (Table("gone", Field("a"), Field("b")), Table("kept", Field("a")));
        var survey = Over(null, Known(gone), Known(kept), Known(Table("long gone"), deleted: true));
        survey.Look(kept);
        survey.Look(gone with { Name = "renamed" });
        survey.InScope.ShouldBe(2);
        survey.Vanished().Select(k => k.Name).ShouldBe(["gone"]);
        survey.LikelyRenames(survey.Vanished()).ShouldBe([("gone", "renamed")]);
        var views = Over(SyncSettings.Parse("""{"include":["view"]}"""), Known(gone));
        views.Vanished().ShouldBeEmpty();
    }
}
