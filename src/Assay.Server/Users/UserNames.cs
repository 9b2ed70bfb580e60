using Assay.Server.Web.Responses;

namespace Assay.Server.Users;

/// <summary>The rules on sign-in names and e-mail addresses of the two kinds of user.</summary>
internal static class UserNames
{
    public static Outcome<string> OfService(CreateUserRequest request)
    {
        if (request.Email is not null) return Failure.Invalid(FieldError.InBody("email", "A service account has no email"));
        if (request.UserId is not null) return Failure.Invalid(FieldError.InBody("user_id", "The user_id of a service account is made from its name"));
        return ServiceAccountId.From(request.Name) is { } id ? id
            : Failure.Invalid(FieldError.InBody("name", "Name should contain a letter or digit to make the user_id from"));
    }

    public static Outcome<string> OfPerson(CreateUserRequest request)
    {
        if (request.Email is { } email && !EmailAddress.IsPlausible(email)) return NoAddress();
        if ((request.UserId ?? request.Email)?.Trim().ToLowerInvariant() is not { } id)
            return Failure.Invalid(FieldError.InBody("email", "A person needs an email or a user_id", "missing"));
        return id.EndsWith(ServiceAccountId.Suffix, StringComparison.Ordinal)
            ? Failure.Invalid(FieldError.InBody("user_id", $"Only service accounts end in {ServiceAccountId.Suffix}")) : id;
    }

    /// <summary>Null when the address was taken over.</summary>
    public static Failure? ChangeEmail(User user, string? email)
    {
        if (email is not null && user.UserType == UserType.Service)
            return Failure.Invalid(FieldError.InBody("email", "A service account has no email"));
        if (email is not null && !EmailAddress.IsPlausible(email)) return NoAddress();
        user.Email = email;
        return null;
    }

    private static Failure NoAddress() => Failure.Invalid(FieldError.InBody("email", "Input should be an email address"));
}
