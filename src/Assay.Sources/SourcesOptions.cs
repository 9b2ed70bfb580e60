namespace Assay.Sources;

/// <summary>What the operator decides about sources.</summary>
public sealed record SourcesOptions
{
    /// <summary>
    /// Hosts that sources may not lie on; from <c>ASSAY_HOSTS_DENY</c>. An entry is a name (<c>db.example.com</c>), a name with stars
    /// (<c>*.example.com</c>), an address, a range (<c>10.0.0.0/8</c>), one of the words <c>private</c> and <c>loopback</c>, or <c>*</c>
    /// for everything.
    /// </summary>
    public IReadOnlyList<string> HostsDeny { get; set; } = [];

    /// <summary>
    /// Exceptions from <see cref="HostsDeny"/>, in the same forms; from <c>ASSAY_HOSTS_ALLOW</c>. Deny <c>*</c> and allow a few, and only
    /// those can be reached. Cloud metadata addresses and Assay's own endpoints stay refused whatever stands here.
    /// </summary>
    public IReadOnlyList<string> HostsAllow { get; set; } = [];

    /// <summary>
    /// The longest a single statement of a discovery or sync may run at a source; the source itself enforces it. A connection may set
    /// its own (parameter <c>statement_timeout</c>). From <c>ASSAY_STATEMENT_TIMEOUT</c>, in seconds.
    /// </summary>
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many ranges of one large table are read at once, each in a session of its own; 1 reads every table in one go. From <c>ASSAY_RANGES_AT_ONCE</c>.</summary>
    public int RangesAtOnce { get; set; } = 4;

    /// <summary>Tables are cut into ranges of no less than about so many bytes.</summary>
    public long RangeBytes { get; set; } = 64L << 20;

    /// <summary>
    /// The folder whose files <c>local</c> connections may read; null or empty switches them off. Nothing outside it is ever opened,
    /// links included. From <c>ASSAY_FILES_ROOT</c>.
    /// </summary>
    public string? FilesRoot { get; set; }

    /// <summary>The folder of the drivers that the operator added, <c>drivers</c> in the data folder; null where there can be none.</summary>
    public string? DriversFolder { get; set; }

    /// <summary>Splits the text of an environment variable at commas and white space.</summary>
    public static IReadOnlyList<string> Split(string? text) =>
        text?.Split([',', ' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries) ?? [];
}
