using System.Collections.Immutable;
using System.Globalization;

namespace Assay.Engine;

/// <summary>One statement for the engine: its text, its values, its limits. Immutable; the methods give changed copies.</summary>
public sealed record EngineQuery
{
    /// <param name="sql">One statement. Values belong in placeholders, <c>{name:Type}</c>; names go through <see cref="EngineName"/>.</param>
    public EngineQuery(string sql) => Sql = sql;

    /// <summary>The statement's text.</summary>
    public string Sql { get; }

    /// <summary>Under this id the statement's progress can be asked for and the statement be killed. Unique by default.</summary>
    public string Id { get; private init; } = $"assay-{Guid.NewGuid():n}";

    /// <summary>Database for names without one, or null for the engine's default.</summary>
    public string? Database { get; private init; }

    /// <summary>How long the statement may take, reading its result included, or null for no limit.</summary>
    public TimeSpan? Timeout { get; private init; }

    internal ImmutableDictionary<string, string> Parameters { get; private init; } = ImmutableDictionary<string, string>.Empty;

    internal ImmutableDictionary<string, string> Settings { get; private init; } = ImmutableDictionary<string, string>.Empty;

    internal ImmutableList<string> Secrets { get; private init; } = [];

    internal IProgress<EngineProgress>? Progress { get; private init; }

    /// <summary>A statement without parameters.</summary>
    public static implicit operator EngineQuery(string sql) => new(sql);

    /// <summary>Gives a placeholder its value: null, text, numbers, dates, times, booleans, UUIDs, and lists of them.</summary>
    /// <exception cref="ArgumentException">No placeholder takes such a value.</exception>
    public EngineQuery With(string parameter, object? value) =>
        this with { Parameters = Parameters.SetItem(parameter, ParameterText.Of(value)) };

    /// <summary>
    /// Gives a placeholder a value that must stay out of sight, for example a key of <c>s3({url:String}, {key:String}, {secret:String})</c>.
    /// The placeholder must be a whole argument of the table function, not part of an expression: only then does the engine
    /// hide it in its process list, log and messages. It travels in the request's body and is taken out of any
    /// <see cref="EngineException"/> of this statement.
    /// </summary>
    public EngineQuery WithSecret(string parameter, string value) =>
        With(parameter, value) with { Secrets = Secrets.Add(value) };

    /// <summary>Sets one of the engine's settings for this statement.</summary>
    public EngineQuery WithSetting(string name, object value) =>
        this with { Settings = Settings.SetItem(name, Convert.ToString(value is bool flag ? (flag ? 1 : 0) : value, CultureInfo.InvariantCulture)!) };

    /// <summary>Limits how long the statement may take.</summary>
    public EngineQuery WithTimeout(TimeSpan timeout) => this with { Timeout = timeout };

    /// <summary>Names the statement; the id must not be in use.</summary>
    public EngineQuery WithId(string id) => this with { Id = id };

    /// <summary>Has the statement's progress reported about twice a second while it runs.</summary>
    public EngineQuery WithProgress(IProgress<EngineProgress> progress) => this with { Progress = progress };

    /// <summary>Looks names without a database up in this one.</summary>
    public EngineQuery In(string database) => this with { Database = database };

    /// <summary>The text with its placeholders: never a value.</summary>
    public override string ToString() => Sql;
}
