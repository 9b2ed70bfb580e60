using System.Text.RegularExpressions;
using Assay.Server.Settings;
using Assay.Testing;

namespace Assay.Server.Tests.Startup;

public sealed class SettingsTableTests
{
    [Fact]
    public async Task Readme_ListsExactlyTheSettings()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Folder, "README.md"));
        var settings = typeof(AssaySettings).GetProperties().Where(p => p.CanWrite).Select(p => SettingsRegistration.Variable(p.Name));

        var listed = Regex.Matches(readme, @"^\| `(ASSAY_\w+)`", RegexOptions.Multiline).Select(m => m.Groups[1].Value);

        listed.ShouldBe(settings, ignoreOrder: true);
    }
}
