using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Assay.Server.Web.Requests;

namespace Assay.Server.Scores;

/// <summary>What is to change about how a score is made; what is left out stays, null means the default.</summary>
internal sealed record ScoreSettingsRequest : JsonRequest
{
    private const double Most = 2.0;

    [Description("Only what happened in so many days counts; null for the default, 180.")]
    [Range(7, 180)]
    public long? DecayPeriodDays { get; set; }

    [Description("How much completeness counts; 0 leaves it out, null is the default, 1.0.")]
    [Range(0.0, Most)]
    public double? CompletenessWeight { get; set; }

    [Description("How much coverage by checks counts; 0 leaves it out, null is the default, 1.0.")]
    [Range(0.0, Most)]
    public double? CoverageWeight { get; set; }

    [Description("How much conformity counts; 0 leaves it out, null is the default, 1.0.")]
    [Range(0.0, Most)]
    public double? ConformityWeight { get; set; }

    [Description("How much consistency from profile to profile counts; 0 leaves it out, null is the default, 1.0.")]
    [Range(0.0, Most)]
    public double? ConsistencyWeight { get; set; }

    [Description("How much precision counts; 0 leaves it out, null is the default, 1.0.")]
    [Range(0.0, Most)]
    public double? PrecisionWeight { get; set; }

    [Description("How much timeliness counts; 0 leaves it out, null is the default, 1.0.")]
    [Range(0.0, Most)]
    public double? TimelinessWeight { get; set; }

    [Description("How much volumetrics count; 0 leaves them out, null is the default, 1.0.")]
    [Range(0.0, Most)]
    public double? VolumetricsWeight { get; set; }

    [Description("How much accuracy counts; 0 leaves it out, null is the default, 1.0.")]
    [Range(0.0, Most)]
    public double? AccuracyWeight { get; set; }

    /// <summary>Puts what was sent into settings.</summary>
    public void ApplyTo(ScoreSettings settings)
    {
        if (Sent(nameof(DecayPeriodDays))) settings.DecayPeriodDays = DecayPeriodDays ?? ScoreSettings.DefaultDecayDays;
        if (Sent(nameof(CompletenessWeight))) settings.CompletenessWeight = CompletenessWeight;
        if (Sent(nameof(CoverageWeight))) settings.CoverageWeight = CoverageWeight;
        if (Sent(nameof(ConformityWeight))) settings.ConformityWeight = ConformityWeight;
        if (Sent(nameof(ConsistencyWeight))) settings.ConsistencyWeight = ConsistencyWeight;
        if (Sent(nameof(PrecisionWeight))) settings.PrecisionWeight = PrecisionWeight;
        if (Sent(nameof(TimelinessWeight))) settings.TimelinessWeight = TimelinessWeight;
        if (Sent(nameof(VolumetricsWeight))) settings.VolumetricsWeight = VolumetricsWeight;
        if (Sent(nameof(AccuracyWeight))) settings.AccuracyWeight = AccuracyWeight;
    }
}
