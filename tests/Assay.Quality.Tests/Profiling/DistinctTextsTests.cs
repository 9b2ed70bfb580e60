using System.Globalization;
using System.Text;
using Assay.Quality.Profiling;

namespace Assay.Quality.Tests.Profiling;

public sealed class DistinctTextsTests
{
    [Fact]
    public void NumberOf_ManyTexts_TellsThemApart_AndKnowsThemAgain()
    {
        var texts = new DistinctTexts();
        byte[][] written = [.. Enumerable.Range(0, 5_000).Select(i => Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)))];

        var (first, second) = (written.Select(w => texts.NumberOf(w)).ToList(), written.Select(w => texts.NumberOf(w)).ToList());

        first.ShouldBe(Enumerable.Range(0, 5_000));
        second.ShouldBe(first);
        texts.Count.ShouldBe(5_000);
        texts.Decoded(4_321).ShouldBe("4321");
    }

    [Fact]
    public void NumberOf_EmptyTexts_AndBytesThatAreNoUtf8_AreTextsToo()
    {
        var texts = new DistinctTexts();

        byte[][] written = [[], [0xff], [0xfe], [0], []];

        written.Select(w => texts.NumberOf(w)).ShouldBe([0, 1, 2, 3, 0]);
        texts[0].Length.ShouldBe(0);
        texts.Decoded(1).ShouldBe(texts.Decoded(2), "both are shown as what cannot be shown");
    }

    [Fact]
    public void Compare_GoesByBytes()
    {
        var texts = new DistinctTexts();
        foreach (var text in new[] { "Z", "a", "aa", "é" }) texts.NumberOf(Encoding.UTF8.GetBytes(text));

        foreach (var (less, more) in new[] { (0, 1), (1, 2), (2, 3) }) texts.Compare(less, more).ShouldBeLessThan(0);
    }
}
