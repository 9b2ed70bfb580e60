global using Shouldly;
global using Xunit;

[assembly: AssemblyFixture(typeof(Assay.Engine.Tests.SharedEngine))]
