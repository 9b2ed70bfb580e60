using System.Text.Json;
using Assay.Quality.Rules;
using Assay.Quality.Scanning;
using Assay.Quality.Tests.Testing;

namespace Assay.Quality.Tests.Scanning;

public sealed class ScannerTests(QualityEngine engine)
{
    private static readonly ContainerField[] Fields = [new("id", FieldType.Integral), new("v", FieldType.Integral), new("s", FieldType.String)];

    /// <summary>Rows 0 to 99; v is the id, s is its text; v is NULL in every tenth.</summary>
    private static readonly Relation Hundred = new("things", "SELECT toInt64(number) AS id, if(number % 10 = 9, NULL, toInt64(number)) AS v, concat('s', toString(number)) AS s FROM numbers(100)") { Fields = Fields };

    [Fact]
    public async Task Run_RowFailsSeveralChecks_IsOneAnomaly()
    {
        var outcome = await Run(Tables.Scan(Hundred,
            Tables.Check("maxValue", "v", """{"value":97}""", 5), Tables.Check("maxValue", "id", """{"value":96}""", 3), Tables.Check("notNull", "s", null, 4)));
        // 97 breaks one, 98 both, 99 (NULL in v) one.
        outcome.Anomalies.Select(a => string.Join(',', a.FailedChecks.Select(f => f.CheckId))).ShouldBe(["3", "3,5", "3"], ignoreOrder: true);
        outcome.Anomalies.ShouldAllBe(a => a.Kind == AnomalyKind.Record && a.AnomalousRecords == 1 && a.Records.Count == 1);
        outcome.Records.ShouldBe(100);
        outcome.Checks.Select(c => (c.Result, c.Anomalous)).ShouldBe([(Assertion.Failed, 1L), (Assertion.Failed, 3L), (Assertion.Passed, 0L)]);
    }

    /// <summary>Where the ends of the values tell that all rows keep a check they are not counted; where they do not, the counts are those of the rows.</summary>
    [Theory]
    [InlineData("maxValue", "v", """{"value":98}""", 0)]
    [InlineData("maxValue", "v", """{"value":95}""", 3)]
    [InlineData("minValue", "id", """{"value":0}""", 0)]
    [InlineData("minValue", "id", """{"value":1}""", 1)]
    [InlineData("between", "v", """{"min":1,"inclusive_min":true,"max":97,"inclusive_max":true}""", 2)]
    [InlineData("greaterThan", "v", """{"value":100,"inclusive":false,"numeric_comparator":{"epsilon":10}}""", 90)]
    [InlineData("maxLength", "s", """{"value":3}""", 0)]
    [InlineData("maxLength", "s", """{"value":2}""", 90)]
    [InlineData("minLength", "s", """{"value":3}""", 10)]
    public async Task Run_ChecksOnBounds_CountExactlyTheRowsThatBreakThem(string rule, string field, string properties, long broken)
    {
        var rows = Hundred with { Sql = $"SELECT * FROM ({Hundred.Sql}) WHERE 1" };
        foreach (var (relation, expected) in new[] { (rows, broken), (Hundred with { Sql = $"SELECT * FROM ({Hundred.Sql}) WHERE 0" }, 0L), (Hundred with { Sql = "SELECT id, CAST(NULL AS Nullable(Int64)) AS v, CAST(NULL AS Nullable(String)) AS s FROM (SELECT toInt64(7) AS id)" }, 0L) })
        {
            var outcome = await Run(Tables.Scan(relation, Tables.Check(rule, field, properties, 1), Tables.Check(rule, field, properties, 2) with { Filter = "1 = 1" }, Tables.Check("notNull", "id", null, 3)));

            outcome.Checks.Select(c => c.Anomalous).ShouldBe([expected, expected, 0]);
            outcome.Checks.Select(c => c.Result == Assertion.Failed).ShouldBe([expected > 0, expected > 0, false]);
        }
    }

    [Fact]
    public async Task Run_SeveralPatternsOnAField_CountExactlyTheRowsThatBreakEach()
    {
        string[] patterns = ["^s", "^s[0-8]+$", "^s.$", "^.{1,3}$"];
        var many = new Relation("many", "SELECT toInt64(number) AS id, if(number = 5, NULL, concat('s', toString(number))) AS s FROM numbers(300000)") { Fields = [new("id", FieldType.Integral), new("s", FieldType.String)] };
        var longOne = Hundred with { Sql = $"SELECT id, v, if(id = 7, repeat('x', 80), s) AS s FROM ({Hundred.Sql})" };
        foreach (var (rows, broken) in new (Relation, long[])[] { (Hundred, [0, 19, 90, 0]), (longOne, [1, 20, 91, 1]), (many, [0, 122_853, 299_990, 299_900]) })
        {
            var outcome = await Run(Tables.Scan(rows, [.. patterns.Select((p, i) => Tables.Check("matchesPattern", "s", $$"""{"pattern":"{{p}}"}""", i + 1))]));

            outcome.Checks.Select(c => c.Anomalous).ShouldBe(broken.Select(b => (long?)b), rows.Name);
        }
    }

    [Theory]
    [InlineData(4, 5, AnomalyKind.Record, 4)]
    [InlineData(5, 5, AnomalyKind.Record, 5)]
    [InlineData(6, 5, AnomalyKind.Shape, 1)]
    public async Task Run_AroundTheThreshold_RollsUpAboveIt(int failures, int threshold, AnomalyKind kind, int anomalies)
    {
        var request = Tables.Scan(Hundred, Tables.Check("minValue", "id", $$"""{"value":{{failures}}}""")) with { RollupThreshold = threshold, SourceRecordLimit = 3 };
        var outcome = await Run(request);
        outcome.Anomalies.Count.ShouldBe(anomalies);
        outcome.Anomalies.ShouldAllBe(a => a.Kind == kind);
        outcome.Anomalies.Sum(a => a.AnomalousRecords).ShouldBe(failures);
        if (kind == AnomalyKind.Record) return;
        outcome.Anomalies[0].Records.Count.ShouldBe(3);
        outcome.Anomalies[0].Message.ShouldBe("In `id`, 6.000% of 100 filtered records (6) are less than the min value of 6.000");
    }

    [Fact]
    public async Task Run_SingleAndRolledUpChecksOnOneRow_StayApart()
    {
        var outcome = await Run(Tables.Scan(Hundred, Tables.Check("minValue", "id", """{"value":50}""", 1), Tables.Check("minValue", "id", """{"value":1}""", 2)) with { RollupThreshold = 10 });
        outcome.Anomalies.Select(a => (a.Kind, a.FailedChecks.Single().CheckId)).ShouldBe([(AnomalyKind.Record, 2L), (AnomalyKind.Shape, 1L)]);
        outcome.Anomalies[1].Records.Count.ShouldBe(10);
        outcome.Anomalies[1].Records.ShouldBeUnique();
    }

    [Theory]
    [InlineData(0.90, true)]
    [InlineData(0.91, false)]
    public async Task Run_CoverageBelowOne_JudgesTheShare(double coverage, bool passes)
    {
        var outcome = await Run(Tables.Scan(Hundred, Tables.Check("notNull", "v") with { Coverage = coverage }));
        outcome.Checks[0].ShouldBe(new CheckOutcome(1, passes ? Assertion.Passed : Assertion.Failed, 100, 10, null, passes ? null : "In `v`, 10.000% of 100 filtered records (10) have no assigned value"));
        outcome.Anomalies.Count.ShouldBe(passes ? 0 : 1);
        if (!passes) outcome.Anomalies[0].Kind.ShouldBe(AnomalyKind.Shape);
    }

    [Fact]
    public async Task Run_Filter_AssertsOnlyTheRowsItPicks()
    {
        var outcome = await Run(Tables.Scan(Hundred,
            Tables.Check("notNull", "v", null, 1) with { Filter = "id < 20" }, Tables.Check("notNull", "v", null, 2) with { Filter = "s LIKE 's1_' AND v IS NULL" },
            Tables.Check("maxValue", "id", """{"value":5}""", 3) with { Filter = "v > {{ floor }}" }) with
        { Variables = new Dictionary<string, string> { ["floor"] = "90 + 5" } });
        outcome.Checks.Select(c => (c.Asserted, c.Anomalous)).ShouldBe([(20L, 2L), (1L, 1L), (3L, 3L)]);
    }

    [Fact]
    public async Task Run_SelfReference_ReadsTheRowsUnderScan()
    {
        var outcome = await Run(Tables.Scan(Hundred,
            Tables.Check("satisfiesExpression", "", """{"expression":"id < 2 * (SELECT AVG(id) FROM {{_qualytics_self}})"}""", 1),
            Tables.Check("notNull", "v", null, 2) with { Filter = "id IN (SELECT max(id) FROM {{_qualytics_self}})" }));
        outcome.Checks.Select(c => (c.Asserted, c.Anomalous)).ShouldBe([(100L, 1L), (1L, 1L)]);
    }

    [Fact]
    public async Task Run_CheckThatCannotBeRun_DoesNotTakeOthersAlong()
    {
        var outcome = await Run(Tables.Scan(Hundred,
            Tables.Check("notNull", "v", null, 1), Tables.Check("notNull", "gone", null, 2), Tables.Check("satisfiesExpression", "", """{"expression":"nowhere = 1"}""", 3),
            Tables.Check("existsIn", "v", """{"field_name":"k","ref_container_id":1}""", 4), Tables.Check("satisfiesExpression", "", """{"expression":"element_at(map('a', s), 'a') = id AND hex(s) LIKE v"}""", 5),
            Tables.Check("minValue", "id", """{"value":1}""", 6), Tables.Check("noSuchRule", "id", null, 7)));
        outcome.Checks.Where(c => c.Result == Assertion.Unasserted).ShouldAllBe(c => c.Details!.Length > 10 && c.Anomalous == null);
        outcome.Checks.Where(c => c.Result == Assertion.Unasserted).Select(c => c.CheckId).ShouldBeSubsetOf([2, 3, 4, 5, 7]);
        outcome.Checks[0].Anomalous.ShouldBe(10);
        outcome.Checks[5].Anomalous.ShouldBe(1);
        outcome.Records.ShouldBe(100);
    }

    [Fact]
    public async Task Run_ValuesThatCannotBeRead_FailTheScanAndNotItsChecks()
    {
        var broken = Hundred with { Sql = $"SELECT id, toInt64(if(id = 50, 'x', toString(id))) AS v, s FROM ({Hundred.Sql})" };
        await Should.ThrowAsync<Engine.EngineException>(() => Run(Tables.Scan(broken, Tables.Check("notNull", "id", null, 1), Tables.Check("maxValue", "v", """{"value":5}""", 2))));
    }

    [Fact]
    public async Task Run_Twice_GivesEqualFingerprints()
    {
        var request = Tables.Scan(Hundred, Tables.Check("minValue", "id", """{"value":3}""", 1), Tables.Check("notNull", "v", null, 2)) with { RollupThreshold = 5, IncrementalField = "id" };
        var first = await Run(request);
        var second = await Run(request with { Rows = Hundred with { Sql = $"SELECT s, v, id FROM ({Hundred.Sql})", Fields = [.. Fields.Reverse()] } });
        first.Anomalies.Select(a => a.Fingerprint).Order().ShouldBe(second.Anomalies.Select(a => a.Fingerprint).Order());
        first.Anomalies.Select(a => a.Fingerprint).ShouldBeUnique();
        first.Anomalies.ShouldAllBe(a => a.Fingerprint > 0);
        first.IncrementalMaximum.ShouldBe("99");
        (await Run(request with { IncrementalField = null })).Anomalies.Where(a => a.Kind == AnomalyKind.Shape).ShouldAllBe(a => a.Fingerprint == null);
    }

    [Fact]
    public async Task Run_EqualRows_AreSoManyAnomalies()
    {
        var twice = new Relation("things", $"SELECT id, v, s FROM ({Hundred.Sql}) UNION ALL SELECT id, v, s FROM ({Hundred.Sql})") { Fields = Fields };
        var outcome = await Run(Tables.Scan(twice, Tables.Check("minValue", "id", """{"value":1}""", 1), Tables.Check("minValue", "v", """{"value":2}""", 2)));
        outcome.Anomalies.Count.ShouldBe(4);
        outcome.Anomalies.Select(a => a.Fingerprint).Distinct().Count().ShouldBe(2);
        outcome.Anomalies.Sum(a => a.FailedChecks.Count).ShouldBe(6);
    }

    [Fact]
    public async Task Run_MessageFieldAndSuggestion_ArePartOfTheFailure()
    {
        var table = Tables.Of("id Int64, v Nullable(String), why Nullable(String)", "(1, 'gren', 'too green'), (2, 'blu', '')", new("id", FieldType.Integral), new("v", FieldType.String), new("why", FieldType.String));
        var outcome = await Run(Tables.Scan(table, Tables.Check("expectedValues", "v", """{"list":["green","blue","red"]}""") with { MessageField = "why" }));
        outcome.Anomalies.Select(a => a.Message).ShouldBe(["too green", "The `v` value of 'blu' is not in the list of expected values"], ignoreOrder: true);
        outcome.Anomalies.Select(a => a.FailedChecks[0].Suggestion!.Value).ShouldBe(["green", "blue"], ignoreOrder: true);
    }

    [Fact]
    public async Task Run_Partitions_AreTold()
    {
        var parts = Hundred with { Sql = $"SELECT *, if(id < 30, 'a.csv', 'b.csv') AS part FROM ({Hundred.Sql})", PartitionColumn = "part" };
        var outcome = await Run(Tables.Scan(parts, Tables.Check("minValue", "id", """{"value":1}""", 1), Tables.Check("minPartitionSize", "", """{"value":50}""", 2), Tables.Check("minPartitionSize", "", """{"value":30}""", 3)));
        outcome.Checks.Select(c => c.Result).ShouldBe([Assertion.Failed, Assertion.Failed, Assertion.Passed]);
        outcome.Anomalies[0].Partition.ShouldBe("a.csv");
        JsonDocument.Parse(outcome.Anomalies[0].Records[0]).RootElement.TryGetProperty("part", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_ChecksOnRows_AreCountedByPartition()
    {
        var parts = Hundred with { Sql = $"SELECT *, multiIf(id < 30, 'a.csv', id < 60, 'b.csv', NULL) AS part FROM ({Hundred.Sql})", PartitionColumn = "part", IsDivided = true };

        var outcome = await Run(Tables.Scan(parts,
            Tables.Check("minValue", "id", """{"value":10}""", 1), Tables.Check("minValue", "id", """{"value":35}""", 2) with { Filter = "id >= 30" },
            Tables.Check("minValue", "id", """{"value":10}""", 3) with { Coverage = 0.5 }, Tables.Check("minPartitionSize", "", """{"value":50}""", 4)));

        outcome.Checks[0].Partitions.ShouldBe([new("", 40, 0, null), new("a.csv", 30, 10, outcome.Checks[0].Partitions![1].Details), new("b.csv", 30, 0, null)]);
        outcome.Checks[0].Partitions![1].Details!.ShouldContain("of 30 filtered records (10)");
        outcome.Checks[1].Partitions!.Select(p => (p.Name, p.Asserted, p.Anomalous)).ShouldBe([("", 40, 0), ("a.csv", 0, 0), ("b.csv", 30, 5)]);
        outcome.Checks[2].Result.ShouldBe(Assertion.Passed);
        outcome.Checks[2].Partitions!.Select(p => (p.Anomalous, p.Details)).ShouldBe([(0, null), (10, null), (0, null)]);
        outcome.Checks[3].Partitions.ShouldBeNull("it is about the container");
    }

    [Fact]
    public async Task Run_OddNamesAndValues_KeepTheirMeaning()
    {
        var table = new Relation("odd", "SELECT 1 AS `a\"b\\\\c`, nan AS `{x:String}`, toDateTime64('2024-01-01 00:00:00.5', 6, 'UTC') AS `_assay_plan`, 'quo\"te\\n' AS `count()`, 9007199254740993 AS n")
        {
            Fields = [new("a\"b\\c", FieldType.Integral), new("{x:String}", FieldType.Fractional), new("_assay_plan", FieldType.Timestamp), new("count()", FieldType.String), new("n", FieldType.Integral)],
        };
        var outcome = await Run(Tables.Scan(table, Tables.Check("maxValue", "a\"b\\c", """{"value":0}""", 1), Tables.Check("notNegative", "{x:String}", null, 2), Tables.Check("maxLength", "count()", """{"value":1}""", 3)));
        outcome.Checks.ShouldAllBe(c => c.Result == Assertion.Failed);
        outcome.Anomalies.ShouldHaveSingleItem().Records[0].ShouldBe("""{"a\u0022b\\c":1,"{x:String}":"nan","_assay_plan":"2024-01-01T00:00:00.500000Z","count()":"quo\"te\n","n":9007199254740993}""");
    }

    [Fact]
    public async Task Run_RecordsTaken_AreNotCollected()
    {
        var taken = new List<string>();
        var outcome = await Run(Tables.Scan(Hundred, Tables.Check("minValue", "id", """{"value":50}""")) with
        {
            RollupThreshold = 1,
            SourceRecordLimit = 1000,
            OnRecord = (_, record, _) =>
            {
                taken.Add(record);
                return ValueTask.CompletedTask;
            },
        });
        taken.Count.ShouldBe(50);
        outcome.Anomalies.ShouldHaveSingleItem().Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_NoRows_PassesWithNothingAsserted()
    {
        var outcome = await Run(Tables.Scan(Hundred with { Sql = $"SELECT * FROM ({Hundred.Sql}) WHERE 0" }, Tables.Check("notNull", "v", null, 1), Tables.Check("unique", "v", null, 2), Tables.Check("notNull", "v", null, 3) with { Coverage = 0.5 }));
        outcome.Checks.ShouldAllBe(c => c.Result == Assertion.Passed && c.Asserted == 0);
        outcome.Anomalies.ShouldBeEmpty();
    }

    private Task<ScanOutcome> Run(ScanRequest request) => new Scanner(engine.Engine).RunAsync(request, TestContext.Current.CancellationToken);
}
