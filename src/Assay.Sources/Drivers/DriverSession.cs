using System.Data.Common;
using Assay.Sources.Contract;
using Assay.Sources.Sql;

namespace Assay.Sources.Drivers;

/// <summary>A session of a driver that nobody here has tried: whether it keeps time limits by itself is not relied on.</summary>
internal sealed class DriverSession(DbConnection connection, SourceProduct product) : SqlSession(connection, product)
{
    protected override bool KeepsTime => false;
}
