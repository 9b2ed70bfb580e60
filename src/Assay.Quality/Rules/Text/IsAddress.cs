using Assay.Quality.Scanning;

namespace Assay.Quality.Rules.Text;

/// <summary>
/// Asserts that the text has the parts of a postal address. They are found by the usual shapes of addresses (house number and street word, postal
/// code, names of states and countries), not by a trained model. NULL passes: a missing value is not a wrong one.
/// </summary>
internal sealed class IsAddress() : RecordRule(new("isAddress", "Asserts that the text is a postal address with the required parts.")
{
    FieldTypes = Rules.FieldTypes.Text,
    Dimension = ScoreDimension.Conformity,
    Weight = 3,
    Nulls = "NULL passes: a missing value is not a wrong one.",
    Properties =
    [
        new("required_labels", PropertyType.List, "Required Labels")
        {
            Choices = [new("road", "Road"), new("city", "City"), new("state", "State"), new("country", "Country"), new("postcode", "Postcode")],
            Info = "The parts that the address has to have.",
        },
    ],
})
{
    internal override string Broken(RowScope row) =>
        $"{row.Value.IsNotNull} AND NOT ({string.Join(" AND ", row.Properties.List("required_labels").Select(label => AddressParts.Has(label, row.Value.SureText)))})";

    internal override Tail Tail(CheckScope check) => Scanning.Tail.DoesNot("adhere to the required format");
}
