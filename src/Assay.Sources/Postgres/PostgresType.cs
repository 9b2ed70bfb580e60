namespace Assay.Sources.Postgres;

/// <summary>What the catalogue says of a type, as far as it decides what the platform makes of it.</summary>
/// <param name="Kind"><c>pg_type.typtype</c>: b base, c composite, d domain, e enum, m multirange, p pseudo, r range.</param>
/// <param name="Category"><c>pg_type.typcategory</c>: A array, B boolean, D date and time, E enum, I network, N number, S text, ...</param>
/// <param name="Element">The element type of an array, else 0.</param>
/// <param name="Base">What a domain stands on, else 0.</param>
/// <param name="Modifier">The modifier a domain declares, else -1.</param>
/// <param name="NotNull">True for a domain that refuses nulls.</param>
internal sealed record PostgresType(string Name, char Kind, char Category, uint Element, uint Base, int Modifier, bool NotNull);
