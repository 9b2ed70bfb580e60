using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Assay.Server.Settings;

/// <summary>
/// An address to listen on. Kestrel takes any name it does not know for "all addresses", which is the last thing that
/// somebody with a typo wants.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BindAddressAttribute() : ValidationAttribute("must be an IP address or localhost")
{
    public override bool IsValid(object? value) => value is string text && (text == "localhost" || IPAddress.TryParse(text, out _));
}
