using Assay.Engine;
using Assay.Quality.Computed.Fields;
using Assay.Server.Containers.Preview;
using Assay.Server.Reading;
using Assay.Server.Web.Responses;
using Assay.Sources.Contract;

namespace Assay.Server.Fields.Computed;

/// <summary>Computes a field on a few rows of its container, before it is stored.</summary>
internal sealed class ComputedFieldTrial(ContainerReader reader, IEngine engine)
{
    private const long Rows = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    /// <returns>Null where it could be computed.</returns>
    public async Task<Failure?> RunAsync(StoredContainer stored, ComputedField field, CancellationToken cancel)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timed.CancelAfter(Patience);
        var faults = new List<(string Field, FormulaFault Fault)>();
        try
        {
            await using var rows = await reader.OpenAsync(stored.WithOnly(field), read => read with { Columns = [field.Name], RowLimit = Rows }, timed.Token, faults: faults);
            if (faults is [var (_, fault), ..]) return Failure.Invalid(ComputedFieldDesk.Error(fault));
            await engine.ExecuteAsync(rows.Query($"SELECT count({Assay.Engine.EngineName.Quote(field.Name)}) FROM ({rows.Sql})"), timed.Token);
            return null;
        }
        catch (EngineException problem) when (problem.Fault is EngineFault.BadType or EngineFault.Syntax or EngineFault.Unsupported or EngineFault.UnknownColumn or EngineFault.Other)
        {
            return Failure.Invalid(FieldError.InBody("properties", "The engine cannot compute this on the container's rows"));
        }
        catch (EngineException problem)
        {
            return ReadFaults.Of(problem);
        }
        catch (SourceException problem)
        {
            return Failure.Unreachable(problem.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Failure.Unreachable($"The trial did not end within {Patience.TotalSeconds} seconds.");
        }
    }
}
