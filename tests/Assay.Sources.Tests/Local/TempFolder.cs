namespace Assay.Sources.Tests.Local;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("assay-files-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public TempFolder With(string relative, string content = "id,name\n1,a\n2,b\n") => With(relative, System.Text.Encoding.UTF8.GetBytes(content));

    public TempFolder With(string relative, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[relative])!);
        File.WriteAllBytes(this[relative], content);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
