using Assay.Quality.Checks;

namespace Assay.Quality.Inference;

/// <summary>A check that the rows speak for.</summary>
/// <param name="Check">The check, without an id.</param>
/// <param name="Description">What it asserts and on what evidence, for people.</param>
/// <param name="Level">The lowest level that makes it.</param>
public sealed record InferredCheck(CheckDefinition Check, string Description, int Level);
