using Assay.Engine;
using Assay.Quality.Expressions;
using Assay.Quality.Scanning;

namespace Assay.Quality.Computed.Fields;

/// <summary>Rows with computed fields among their columns.</summary>
/// <param name="Sql">A SELECT of the wanted columns.</param>
/// <param name="Faults">Formulas that cannot be computed on these rows, by their field: its values are NULL.</param>
public sealed record ComputedColumns(string Sql, IReadOnlyList<(string Field, FormulaFault Fault)> Faults)
{
    /// <param name="wanted">Names of columns and of computed fields, in the order in which they are given out.</param>
    /// <exception cref="EngineException">The rows cannot be read.</exception>
    public static async Task<ComputedColumns> WriteAsync(
        IEngine engine, Relation rows, IReadOnlyList<FieldFormula> formulas, IReadOnlyList<string> wanted, DateTimeOffset now, CancellationToken cancellation)
    {
        var columns = (await DescribedRelation.OfAsync(engine, rows, cancellation)).Columns.ToList();
        var settings = new ExpressionSettings(now);
        var written = formulas.Select(f => (f.Name, Formula: FieldTransformation.Write(f, columns, settings))).ToList();
        var faults = written.Where(w => w.Formula.Fault is not null).Select(w => (w.Name, w.Formula.Fault!)).ToList();
        var sql = written.Where(w => w.Formula.Fault is null).ToDictionary(w => w.Name, w => w.Formula.Sql, StringComparer.Ordinal);
        if (sql.Count > 0 && !await IsSoundAsync(engine, rows, sql.Values, cancellation))
            foreach (var (name, formula) in sql.ToList())
                if (!await IsSoundAsync(engine, rows, [formula], cancellation))
                {
                    sql.Remove(name);
                    faults.Add((name, new FormulaFault("properties", "The engine cannot compute this: the types of its parts do not fit together")));
                }
        var names = formulas.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var list = wanted.Select(w => !names.Contains(w) ? EngineName.Quote(w) : $"{sql.GetValueOrDefault(w, "CAST(NULL, 'Nullable(String)')")} AS {EngineName.Quote(w)}");
        return new ComputedColumns($"SELECT {string.Join(", ", list)} FROM ({rows.Sql})", faults);
    }

    private static async Task<bool> IsSoundAsync(IEngine engine, Relation rows, IEnumerable<string> expressions, CancellationToken cancellation)
    {
        try
        {
            await engine.ListAsync(rows.Bind(new EngineQuery($"DESCRIBE (SELECT {string.Join(", ", expressions.Select((e, i) => $"{e} AS assay_{i}"))} FROM ({rows.Sql}))")), cancellation);
            return true;
        }
        catch (EngineException problem) when (!problem.IsLost && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
