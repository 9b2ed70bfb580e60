using Assay.Sources.Files.Reading;

namespace Assay.Sources.Tests.Files;

public class KeyGlobTests
{
    [Theory]
    [InlineData("b/x.csv", true, "b/x.csv")]
    [InlineData("b/o_?2???x?.csv", false, "b/o_*2{}[x].csv")]
    [InlineData("b/o_*.csv", false, "b/o_1.csv", "b/o_2.csv")]
    [InlineData("b/o_1*.csv", false, "b/o_1.csv", "b/o_11.csv")]
    [InlineData("b/?o?*.csv", false, "b/{o}1.csv", "b/{o}2.csv")]
    [InlineData("b/s/dt=*/a.csv", false, "b/s/dt=1/a.csv", "b/s/dt=2/a.csv")]
    [InlineData("b/s/**", false, "b/s/dt=1/a.csv", "b/s/x/dt=2/a.csv")]
    [InlineData("b/**", false, "b/a.csv", "b/s/a.csv")]
    public void Of_Paths_CoversThemWithoutGivingAMeaningToTheirCharacters(string glob, bool exact, params string[] paths) =>
        KeyGlob.Of(paths).ShouldBe(new KeyGlob(glob, exact));
}
