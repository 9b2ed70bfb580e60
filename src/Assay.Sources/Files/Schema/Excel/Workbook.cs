using System.Text;
using Assay.Sources.Files.Stores;
using ExcelDataReader;
using ExcelDataReader.Exceptions;

namespace Assay.Sources.Files.Schema.Excel;

/// <summary>Opens workbooks (xls, xlsx, xlsm) by way of a temporary file.</summary>
internal static class Workbook
{
    /// <summary>Bytes.</summary>
    public const long LargestFile = 256L * 1024 * 1024;

    // Old workbooks hold text in code pages.
    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Copies a file to a temporary one that is gone once closed.</summary>
    public static async Task<FileStream> FetchAsync(IFileStore store, StoredFile file, CancellationToken cancel)
    {
        await using var source = await store.OpenAsync(file.Key, 0, null, cancel);
        var local = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
            64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await source.CopyToAsync(local, cancel);
        local.Position = 0;
        return local;
    }

    /// <summary>The rows of the first visible sheet; null where the file is no workbook that can be read, and why.</summary>
    public static WorkbookRows? OpenRows(Stream workbook, out string? problem)
    {
        problem = null;
        try
        {
            return new WorkbookRows(ExcelReaderFactory.CreateReader(workbook, new ExcelReaderConfiguration { LeaveOpen = true }));
        }
        catch (InvalidPasswordException)
        {
            problem = "The workbook is protected by a password.";
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            problem = "The file is not a workbook that can be read.";
        }
        return null;
    }

    /// <summary>What the reader throws at damaged files; it promises no particular exception.</summary>
    public static bool IsBroken(Exception e) => e is ExcelReaderException or InvalidDataException or IOException or FormatException
        or System.Xml.XmlException or ArgumentException or IndexOutOfRangeException or NullReferenceException or KeyNotFoundException or OverflowException;
}
