using Assay.Sources.Writing;

namespace Assay.Sources.Tests.Writing;

/// <summary>A store of one kind that a test writes to through its connector, and looks into past it.</summary>
internal abstract class WrittenStore : IAsyncDisposable
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public abstract IConnector Connector { get; }

    public abstract SourceTarget Target { get; }

    /// <summary>The rows of a statement in the store's own SQL, cells separated by bars, in order.</summary>
    public abstract Task<string[]> QueryAsync(string sql);

    /// <summary>Changes the store as somebody else would.</summary>
    public abstract Task RunSqlAsync(string sql);

    public abstract string Table(string name);

    /// <summary>Names of the tables that are there.</summary>
    public abstract Task<string[]> TablesAsync();

    /// <summary>A SELECT of the columns of <see cref="WritingSamples.Table"/>, printed as <see cref="WritingSamples.Shown"/> has them, in order of <c>whole</c>.</summary>
    public abstract string Shown(string table);

    /// <summary>What minus infinity is there.</summary>
    public virtual string MinusInfinity => "-Infinity";

    /// <summary>A name as hostile as the store takes.</summary>
    public virtual string HostileName => WritingSamples.HostileName;

    public virtual string HostileColumn => "te\"xt'";

    public virtual int LongestName => 63;

    public Task<ITableWriter> OpenAsync() => ((IWritable)Connector).OpenWriterAsync(Target, Cancel);

    public async Task<long> CountAsync(string table) => long.Parse((await QueryAsync($"SELECT count(*) FROM {Table(table)}"))[0], System.Globalization.CultureInfo.InvariantCulture);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
