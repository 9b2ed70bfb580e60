namespace Assay.Sources.Files.Schema.Text;

/// <summary>A cell of delimited text; white space around it is gone unless it stood in quotes.</summary>
internal readonly record struct Cell(string Text, bool Quoted)
{
    /// <summary>Nothing between the delimiters, or the sign that databases export for NULL.</summary>
    public bool IsNull => !Quoted && Text is "" or @"\N";
}
