using System.Text.Json;
using AuthServer.Core.Users;
using AuthServer.Web.Management.Wire;
using static AuthServer.Core.JsonText;
using static AuthServer.Web.Management.Connections.DatabaseOptionKinds;

namespace AuthServer.Web.Management.Connections;

/// <summary>
/// Auth0's flexible identifiers of a user database, <c>options.attributes</c>. Users have an email address when they
/// sign up, and may have a user name; phone numbers are no identifiers.
/// </summary>
internal static class DatabaseAttributes
{
    private const string Inactive = """
        {"identifier":{"active":false},"profile_required":false,"signup":{"status":"inactive"}}
        """;

    private static readonly JsonValidator Length = JsonValidators.Whole(1, SignUpMembers.MaxUsernameLength);

    private static readonly JsonValidator Identifier = Members(
        ("active", JsonValidators.Flag),
        ("default_method", UnsupportedMember.Validator("\"password\"", "there is no other method")));

    public static JsonValidator Kind { get; } = Members(
        ("email", Members(
            ("identifier", Identifier),
            ("profile_required", JsonValidators.Flag),
            ("signup", Members(
                ("status", UnsupportedMember.Validator("\"required\"", "sign-up begins with an email address")),
                ("verification", UnsupportedMember.Validator("{}", "addresses are confirmed after the sign-up")))),
            ("unique", UnsupportedMember.Validator("true", "an address has one account")),
            ("verification_method", UnsupportedMember.Validator("\"link\"", "emails have links")))),
        ("phone_number", UnsupportedMember.Validator(Inactive, "no user signs in by a phone number")),
        ("username", Members(
            ("identifier", Identifier),
            ("profile_required", JsonValidators.Flag),
            ("signup", Members(("status", JsonValidators.OneOf("required", "optional", "inactive")))),
            ("validation", Members(
                ("min_length", Length),
                ("max_length", Length),
                ("allowed_types", Members(
                    ("email", UnsupportedMember.Validator("false", "a user name could be another user's address")),
                    ("phone_number", JsonValidators.Flag))))))));

    /// <returns>Why the attributes don't go with each other or with the other options; null when they do.</returns>
    public static string? Check(JsonElement options)
    {
        if (!options.TryGetProperty("attributes", out var attributes)
            || attributes.ValueKind != JsonValueKind.Object
            || !attributes.EnumerateObject().Any())
            return null;
        if (IsTrue(options, "requires_username") || Member(options, "validation").ValueKind == JsonValueKind.Object)
            return "Excludes requires_username and validation";
        if (Member(attributes, "email").ValueKind != JsonValueKind.Object)
            return "Missing required property: email";
        return IsIdentifier("email") || IsIdentifier("username") ? null : "At least one identifier has to be active";

        bool IsIdentifier(string name) => IsTrue(Member(Member(attributes, name), "identifier"), "active");
    }
}
