namespace Assay.Quality.Expressions.Functions;

/// <summary>Where a function can stand.</summary>
internal enum FunctionKind
{
    Scalar,
    Aggregate,
    Window,
}
