using Assay.Engine;
using Assay.Quality;
using Assay.Quality.Computed;
using Assay.Server.Containers.Preview;
using Assay.Server.Datastores;
using Assay.Server.Reading;
using Assay.Server.Web.Responses;
using Assay.Sources.Contract;

namespace Assay.Server.Containers.Computed;

/// <summary>Tries a computed container on a few rows, and finds out what fields it has.</summary>
internal sealed class ComputedTrial(ContainerReader reader, IEngine engine)
{
    /// <summary>Rows read of each input.</summary>
    private const long TrialRows = 1_000;

    public async Task<Outcome<TrialResult>> RunAsync(Datastore datastore, ComputedDefinition definition, TimeSpan patience, CancellationToken cancel)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timed.CancelAfter(patience);
        try
        {
            var fields = definition.IsNative ? await reader.DescribeQueryAsync(datastore, definition.Query!, timed.Token) : await ComputeAsync(definition, timed.Token);
            if (fields.Count == 0) return Failure.Invalid(FieldError.InBody("query", "It has no column"));
            return new TrialResult(fields);
        }
        catch (ClauseException problem)
        {
            return Failure.Invalid(FieldError.InBody(problem.Member, problem.Message));
        }
        catch (SourceException problem) when (definition.IsNative && problem.Fault.Code is SourceFaultCode.SourceError or SourceFaultCode.NotFound or SourceFaultCode.InvalidSettings or SourceFaultCode.Unsupported)
        {
            return Failure.Invalid(FieldError.InBody("query", problem.Message));
        }
        catch (SourceException problem)
        {
            return Failure.Unreachable(problem.Message);
        }
        catch (EngineException problem) when (problem.Fault is EngineFault.SeveralRows)
        {
            return Failure.Invalid(FieldError.InBody("query", "A sub-query gives several rows where one value is needed; give it an aggregate, or LIMIT 1"));
        }
        catch (EngineException problem) when (problem.Fault is EngineFault.BadType or EngineFault.Syntax or EngineFault.Unsupported or EngineFault.UnknownColumn or EngineFault.Other)
        {
            return Failure.Invalid(FieldError.InBody(definition.Query is null ? "select_clause" : "query", "The engine cannot compute this: the types of its parts do not fit together, or a column stands neither in GROUP BY nor in an aggregate"));
        }
        catch (EngineException problem)
        {
            return ReadFaults.Of(problem);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failure.Unreachable($"The trial did not end within {patience.TotalSeconds} seconds.");
        }
    }

    private async Task<IReadOnlyList<ContainerField>> ComputeAsync(ComputedDefinition definition, CancellationToken cancel)
    {
        await using var rows = await reader.OpenComputedAsync(definition, TrialRows, cancel);
        var described = await engine.ListAsync(rows.Query($"DESCRIBE ({rows.Sql})"), cancel);
        await engine.ExecuteAsync(rows.Query($"SELECT * FROM ({rows.Sql}) LIMIT 1"), cancel);
        return EngineColumns.Of(described);
    }
}

/// <summary>What a trial found.</summary>
internal sealed record TrialResult(IReadOnlyList<ContainerField> Fields);
