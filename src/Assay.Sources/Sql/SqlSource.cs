using Assay.Sources.Contract;
using Assay.Sources.Sql.Listing;
using Assay.Sources.Sql.Writing;
using Assay.Sources.Writing;
using Assay.Sources.Writing.Tables;

namespace Assay.Sources.Sql;

/// <summary>
/// What one kind of database does in its own way: how it is opened, which statements ask its catalogue, how names are quoted and columns
/// read. <see cref="SqlConnector"/> makes a connector of it.
/// </summary>
internal abstract class SqlSource
{
    public abstract ConnectorSpec Spec { get; }

    public abstract IReadOnlyList<SettingProblem> Validate(ConnectionSettings settings);

    /// <summary>The statements that ask the catalogue.</summary>
    public abstract SqlCatalogue Catalogue { get; }

    /// <summary>How statements that read and write tables are spelled.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>The catalogue of one place, where it depends on the connection.</summary>
    public virtual SqlCatalogue CatalogueOf(SqlPlace place) => Catalogue;

    /// <summary>The dialect of one place, where it depends on the connection.</summary>
    public virtual SqlDialect DialectOf(SqlPlace place) => Dialect;

    /// <summary>Whether rows are left out for a sample at the source.</summary>
    public virtual bool CanSample => Dialect.Chance is not null;

    /// <summary>The steps of <see cref="OpenAsync"/>, in order.</summary>
    public abstract IReadOnlyList<string> OpeningSteps { get; }

    /// <summary>The same, where it depends on the way of signing in.</summary>
    public virtual IReadOnlyList<string> OpeningStepsOf(ConnectionSettings settings) => OpeningSteps;

    /// <summary>Settles the datastore's own fields, such as which of them names the database.</summary>
    public virtual ScopeCheck CheckScope(SourceScope scope) => new(scope, []);

    /// <summary>Where a target lies, as messages call it.</summary>
    public abstract SqlPlace PlaceOf(SourceTarget target);

    /// <summary>Opens a session in the target's database, telling each step of <see cref="OpeningSteps"/> as it is done.</summary>
    public abstract Task<SqlSession> OpenAsync(SqlPlace place, SqlOpening opening, CancellationToken cancel);

    /// <summary>Has the session read one state of the database, change nothing, and give up a statement after the time limit.</summary>
    public abstract Task BeginReadingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel);

    /// <summary>Whether a large table is worth several sessions, each of which reads a range of its key.</summary>
    public virtual bool ReadsRanges => false;

    /// <summary>Leaves what <see cref="BeginReadingAsync"/> began, so that the session may write.</summary>
    public virtual Task EndReadingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>How tables are spelled that Assay writes; null where it writes none.</summary>
    public virtual TransactionalDialect? TablesOf(SqlPlace place) => null;

    /// <summary>Opens a session that may write.</summary>
    public virtual Task<SqlSession> OpenForWritingAsync(SqlPlace place, SqlOpening opening, CancellationToken cancel) => OpenAsync(place, opening, cancel);

    /// <summary>Has the session refuse values that do not fit, rather than cut them, and give up a statement after the time limit.</summary>
    public virtual Task BeginWritingAsync(SqlSession session, TimeSpan statementTimeout, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>How rows are inserted where there is a faster way than statements that hold them.</summary>
    public virtual Func<TableShape, IAsyncEnumerable<string?[]>, CancellationToken, Task>? InserterOf(SqlLine line) => null;

    /// <summary>Lists catalogs where it takes no statement; null where it does.</summary>
    public virtual Task<IReadOnlyList<CatalogEntry>>? ListCatalogs(SqlPlace place, CancellationToken cancel) => null;

    /// <summary>Lists schemas where it takes no statement; null where it does.</summary>
    public virtual Task<IReadOnlyList<CatalogEntry>>? ListSchemas(SqlPlace place, CancellationToken cancel) => null;

    /// <summary>Turns what the driver throws into a fault with a plain remedy. The driver's own text is never part of it.</summary>
    public abstract SourceFault FaultOf(Exception exception, string step, SqlPlace place);

    /// <summary>The connection's own limit for one statement; null where it sets none.</summary>
    public virtual TimeSpan? StatementTimeoutOf(ConnectionSettings settings) => null;
}
