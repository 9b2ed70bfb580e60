using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Assay.Server.Store;

/// <summary>
/// The metadata store. Entities live in their resource's folder and are found by their <c>IEntityTypeConfiguration</c>;
/// names are snake_case, times are UTC microseconds since 1970, so that both stores hold, sort and page them alike.
/// </summary>
internal sealed class AssayDb(DbContextOptions<AssayDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AssayDb).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
            property.SetColumnName(Web.Json.Name(property.Name));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<MicrosecondConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    private sealed class MicrosecondConverter() : ValueConverter<DateTime, long>(
        time => Microseconds.From(time), value => Microseconds.ToTime(value));
}
