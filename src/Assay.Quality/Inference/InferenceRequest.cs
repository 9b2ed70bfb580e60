using Assay.Quality.Profiling;
using Relation = Assay.Quality.Scanning.Relation;

namespace Assay.Quality.Inference;

/// <summary>What checks are to be inferred from.</summary>
public sealed record InferenceRequest
{
    /// <summary>The rows that were profiled.</summary>
    public required Relation Rows { get; init; }

    /// <summary>Their profile.</summary>
    public required ContainerFields Profile { get; init; }

    /// <summary>0 for nothing to 5 for everything; each level includes those below.</summary>
    public required int Level { get; init; }

    /// <summary>The time of the profile.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Share of the rows that candidates are tested on and not fitted on.</summary>
    public double TestShare { get; init; } = 0.4;

    /// <summary>The most rows to test on.</summary>
    public int TestRows { get; init; } = 100_000;

    /// <summary>Of so many rows the values are fetched, and computed on here.</summary>
    public long FewRows { get; init; } = 20_000;

    /// <summary>Fields are compared with each other when they correlate at least so much, sign aside.</summary>
    public double Correlation { get; init; } = 0.5;

    /// <summary>Fields with more distinct values are no categories.</summary>
    public int MostCategories { get; init; } = 100;

    /// <summary>Containers whose keys the fields may refer to, for level 4.</summary>
    public IReadOnlyList<ReferenceCandidate> References { get; init; } = [];

    /// <summary>Names of fields that get no checks, such as excluded or masked ones.</summary>
    public IReadOnlySet<string> Without { get; init; } = new HashSet<string>();
}

/// <summary>A key of another container.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="DatastoreId">Its datastore.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Field">The field that is unique there.</param>
public sealed record ReferenceCandidate(long ContainerId, long DatastoreId, Relation Rows, ContainerField Field);
