namespace Assay.Engine;

/// <summary>The one place where names become part of a statement.</summary>
public static class EngineName
{
    /// <summary>Quotes a database's, table's or column's name, whatever characters it holds.</summary>
    /// <exception cref="ArgumentException">The name is empty, which the engine has no way to write.</exception>
    public static string Quote(string name) => name.Length > 0
        ? $"`{EngineLiteral.Escape(name).Replace("`", "\\`")}`"
        : throw new ArgumentException("A name for the engine cannot be empty.", nameof(name));

    /// <summary>Quotes a name of several parts: database and table.</summary>
    public static string Quote(string database, string table) => $"{Quote(database)}.{Quote(table)}";

    /// <summary>Quotes names and separates them with commas.</summary>
    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));
}
