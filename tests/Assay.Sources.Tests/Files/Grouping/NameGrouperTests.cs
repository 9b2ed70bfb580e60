using Assay.Sources.Files.Formats;
using Assay.Sources.Files.Grouping;
using Assay.Sources.Files.Stores;

namespace Assay.Sources.Tests.Files.Grouping;

/// <summary>The examples of the reference's guide, its stated properties, and its stated limits.</summary>
public class NameGrouperTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Files of one folder, each modified a day after the one before it.</summary>
    private static NamedFile[] Files(params string[] names) => [.. names.Select((name, i) => File(name, i))];

    private static NamedFile File(string name, int day)
    {
        FileName.TryParse(name, out var parsed).ShouldBeTrue(name);
        return new NamedFile(new StoredFile(name, 1, Start.AddDays(day)), parsed!);
    }

    private static string[] Patterns(params string[] names) => [.. NameGrouper.Group(Files(names)).Select(g => g.Pattern.Text)];

    [Fact]
    public void Group_DatedOrders_AreOneGlob() =>
        Patterns("orders_20240229.csv", "orders_20240228.csv", "orders_20240227.csv").ShouldBe(["orders_*.csv"]);

    [Fact]
    public void Group_CustomersByCountry_AreOneGlob() =>
        Patterns("customers_us.csv", "customers_eu.csv").ShouldBe(["customers_*.csv"]);

    [Fact]
    public void Group_DatedLogs_KeepTheirWords() =>
        Patterns("app_log_20240229.txt", "app_log_20240228.txt", "app_log_20240227.txt").ShouldBe(["app_log_*.txt"]);

    [Fact]
    public void Group_YearAndVersionVary_BothAreStars() =>
        Patterns("project_data_2023_v1.csv", "project_data_2023_v2.csv", "project_data_2024_v1.csv").ShouldBe(["project_data_*_*.csv"]);

    [Fact]
    public void Group_OnlyTheVersionVaries_TheYearStays() =>
        Patterns("project_data_2023_v1.csv", "project_data_2023_v2.csv").ShouldBe(["project_data_2023_*.csv"]);

    [Fact]
    public void Group_UserProfiles_KeepConstantWords() =>
        Patterns("user_123_profile_2023-06-01.json", "user_123_profile_2023-06-02.json", "user_456_profile_2023-06-01.json")
            .ShouldBe(["user_*_profile_*.json"]);

    [Fact]
    public void Group_DateInFront_IsAnchoredAtTheRight() =>
        Patterns("log2023-06_error.txt", "log2023-07_error.txt").ShouldBe(["*_error.txt"]);

    [Fact]
    public void Group_DatesInFrontOfTwoKinds_AreTwoGlobs() =>
        Patterns("log2023-06_error.txt", "log2023-07_error.txt", "log2023-06_access.txt", "log2023-07_access.txt")
            .ShouldBe(["*_access.txt", "*_error.txt"]);

    [Fact]
    public void Group_SeveralFamiliesInOneFolder_AreToldApart() =>
        Patterns("orders_20240229.csv", "orders_20240228.csv", "customers_us.csv", "customers_eu.csv", "products.csv")
            .ShouldBe(["customers_*.csv", "orders_*.csv", "products.csv"]);

    [Fact]
    public void Group_RegionsOfTwoKinds_AreAnchoredAtTheTighterSide()
    {
        Patterns("orders_us.csv", "orders_eu.csv", "orders_fr.csv", "customers_us.csv", "customers_eu.csv", "customers_fr.csv")
            .ShouldBe(["customers_*.csv", "orders_*.csv"]);
        Patterns("us_orders.csv", "eu_orders.csv", "fr_orders.csv", "us_customers.csv", "eu_customers.csv", "fr_customers.csv")
            .ShouldBe(["*_customers.csv", "*_orders.csv"]);
    }

    [Fact]
    public void Group_NamesOfOneToken_AreNeverGlobbed() =>
        Patterns("orders1.csv", "orders2.csv", "orders3.csv").ShouldBe(["orders1.csv", "orders2.csv", "orders3.csv"]);

    [Fact]
    public void Group_NothingInCommon_StaysAlone() =>
        Patterns("a1_x1.csv", "b2_y2.csv").ShouldBe(["a1_x1.csv", "b2_y2.csv"]);

    [Fact]
    public void Group_NothingConstant_SharedTokensTellApart() =>
        Patterns("log1_2024.csv", "log1_2025.csv", "log2_2024.csv", "log2_2025.csv").ShouldBe(["log1_*.csv", "log2_*.csv"]);

    [Fact]
    public void Group_WordSharedByOthersOnly_StaysAlone() =>
        Patterns("app_log_1.txt", "app_log_2.txt", "app_err_3.txt").ShouldBe(["app_err_3.txt", "app_log_*.txt"]);

    [Fact]
    public void Group_DashesInsteadOfUnderscores_SplitThere() =>
        Patterns("orders-2024.csv", "orders-2025.csv").ShouldBe(["orders-*.csv"]);

    [Fact]
    public void Group_RarerDelimiter_IsTriedOnWhatIsLeft() =>
        Patterns("orders_1.csv", "orders_2.csv", "cust-us.csv", "cust-eu.csv", "cust-fr.csv").ShouldBe(["cust-*.csv", "orders_*.csv"]);

    [Fact]
    public void Group_DifferentNumbersOfTokens_AreJudgedApart() =>
        Patterns("sales_2023.csv", "sales_2024.csv", "stock_north_1.csv", "stock_north_2.csv").ShouldBe(["sales_*.csv", "stock_north_*.csv"]);

    [Fact]
    public void Group_SparkParts_AreOneGlob() =>
        Patterns(
            "part-00000-4f3c2b1a-9d8e-4c7b-a6f5-0123456789ab-c000.snappy.parquet",
            "part-00001-4f3c2b1a-9d8e-4c7b-a6f5-0123456789ab-c000.snappy.parquet")
            .ShouldBe(["part-*-4f3c2b1a-9d8e-4c7b-a6f5-0123456789ab-c000.snappy.parquet"]);

    [Fact]
    public void Group_LongerName_IsSwallowedByTheStar()
    {
        // The reference's stated limit: a star spans delimiters, too.
        var groups = NameGrouper.Group(Files("project_data_1234.txt", "project_data_1235.txt", "project_data_1234_suffix.txt"));
        groups.ShouldHaveSingleItem().Pattern.Text.ShouldBe("project_data_*.txt");
        groups[0].Files.Count.ShouldBe(3);
    }

    [Fact]
    public void Group_TwoPatternsMatch_TheOneWithTheNewestFileWins()
    {
        Patterns("data_1.txt", "data_2.txt", "data_1_old.txt", "data_2_old.txt").ShouldBe(["data_*.txt", "data_*_old.txt"]);
        Patterns("data_1_old.txt", "data_2_old.txt", "data_1.txt", "data_2.txt").ShouldBe(["data_*.txt"]);
    }

    [Fact]
    public void Group_StarsAndBracketsInNames_MatchThemselves()
    {
        var groups = NameGrouper.Group(Files("a*b_1[x].csv", "a*b_2[x].csv", "ab_9{y}.csv"));
        groups.Select(g => g.Pattern.Text).ShouldBe([@"a\*b_*.csv", "ab_9{y}.csv"]);
        groups[0].Files.Count.ShouldBe(2);
    }

    [Fact]
    public void Group_EveryFile_LandsInExactlyOneGroup()
    {
        var random = new Random(7);
        string[] words = ["orders", "log", "eu", "us", "v1", "v2", "2023", "2024", "final", "a"];
        for (var round = 0; round < 200; round++)
        {
            var names = Enumerable.Range(0, random.Next(2, 40))
                .Select(_ => string.Join(random.Next(2) == 0 ? '_' : '-', Enumerable.Range(0, random.Next(1, 5)).Select(_ => words[random.Next(words.Length)])) + ".csv")
                .Distinct().ToArray();
            var groups = NameGrouper.Group(Files(names));
            groups.SelectMany(g => g.Files).Select(f => f.Text).Order().ShouldBe(names.Order());
            groups.ShouldAllBe(g => g.Files.All(f => g.Pattern.Matches(f.Text)));
            groups.Select(g => g.Pattern.Text).ShouldBeUnique();
        }
    }

    [Fact]
    public void Group_HundredThousandFilesInManyFamilies_TakesSeconds()
    {
        // Half as many patterns as files is the worst that a folder can bring.
        var names = Enumerable.Range(0, 50_000).SelectMany(i => new[] { $"{Word(i)}_1.csv", $"{Word(i)}_2.csv" }).ToArray();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        NameGrouper.Group(Files(names)).Count.ShouldBe(50_000);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));

        static string Word(int n) => string.Concat(n.ToString("D6").Select(digit => (char)('a' + digit - '0')));
    }
}
