global using Assay.Sources.Contract;
global using Shouldly;
global using Xunit;
