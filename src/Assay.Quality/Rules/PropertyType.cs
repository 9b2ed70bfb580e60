namespace Assay.Quality.Rules;

/// <summary>What a rule's property holds, which is also what a form draws for it.</summary>
public enum PropertyType
{
    Boolean,
    Container,
    Datastore,
    DateTime,
    Enum,
    Field,
    Fields,
    List,
    Number,
    Scala,
    SparkSql,
    String,
    NumericComparator,
    DurationComparator,
    StringComparator,
}
