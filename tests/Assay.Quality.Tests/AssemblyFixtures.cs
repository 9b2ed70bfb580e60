using Assay.Quality.Tests.Testing;

[assembly: AssemblyFixture(typeof(QualityEngine))]
