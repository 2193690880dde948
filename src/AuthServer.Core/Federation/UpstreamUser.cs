using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Users;

namespace AuthServer.Core.Federation;

/// <summary>
/// Description of a user by a provider. Only the connection and the subject identify the user (docs/decisions/0012).
/// </summary>
public sealed record UpstreamUser(string Subject)
{
    private const int MaxTextLength = 300;
    private const int MaxUrlLength = 2048;

    public string? Name { get; init; }
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }
    public string? Nickname { get; init; }
    public string? Picture { get; init; }
    public string? Email { get; init; }
    public bool EmailVerified { get; init; }

    /// <param name="provider">Provider whose claims these are, and its mapping.</param>
    /// <param name="subject">Checked.</param>
    /// <param name="sources">The ID token's claims, what the userinfo URL said; the later one wins.</param>
    public static UpstreamUser Read(
        IdentityProvider provider, string subject, params IReadOnlyList<JsonElement> sources)
    {
        var email = Of("email") is { } address && LoginIdentifier.IsEmail(address) ? address : null;
        return new UpstreamUser(subject)
        {
            Name = Of("name"),
            GivenName = Of("given_name"),
            FamilyName = Of("family_name"),
            Nickname = Of("nickname") ?? Of("preferred_username"),
            Picture =
                Of("picture", MaxUrlLength) is { } picture
                && Uri.TryCreate(picture, UriKind.Absolute, out var uri)
                && uri.Scheme == Uri.UriSchemeHttps
                    ? picture
                    : null,
            Email = email,
            EmailVerified =
                email is not null
                && provider.Preset.VouchesForEmail
                && !provider.EmailIsMapped
                && Find(provider.FieldOf("email_verified")) is { ValueKind: JsonValueKind.True },
        };

        string? Of(string member, int longest = MaxTextLength) =>
            Find(provider.FieldOf(member)) is { ValueKind: JsonValueKind.String } value
            && value.GetString()!.Trim() is { Length: > 0 } text
            && text.Length <= longest
            && !text.Any(char.IsControl)
                ? text
                : null;

        JsonElement? Find(string name) =>
            sources.Select(source => At(source, name)).LastOrDefault(found => found is not null);
    }

    /// <summary>A user's id at a provider without ID tokens: a text, or a whole number (GitHub).</summary>
    public static string? SubjectOf(IdentityProvider provider, JsonElement profile) =>
        At(profile, provider.FieldOf("user_id")) switch
        {
            { ValueKind: JsonValueKind.String } text when UpstreamIdToken.IsSubject(text.GetString()) =>
                text.GetString(),
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var whole) && whole > 0 =>
                whole.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };

    /// <summary>GitHub's list of addresses: the primary one, and whether it was verified.</summary>
    public UpstreamUser WithAddressFrom(JsonElement list)
    {
        var primary =
            list.ValueKind != JsonValueKind.Array
                ? default
                : list.EnumerateArray()
                    .FirstOrDefault(entry =>
                        entry.ValueKind == JsonValueKind.Object
                        && At(entry, "primary") is { ValueKind: JsonValueKind.True });
        var address =
            primary.ValueKind == JsonValueKind.Object
            && At(primary, "email") is { ValueKind: JsonValueKind.String } email
            && LoginIdentifier.IsEmail(email.GetString()!)
                ? email.GetString()
                : null;
        return this with
        {
            Email = address,
            EmailVerified = address is not null && At(primary, "verified") is { ValueKind: JsonValueKind.True },
        };
    }

    /// <summary>
    /// Apple sends a name once, in the form that the browser posts: it is not signed, so that nothing but a name is
    /// read from there.
    /// </summary>
    public UpstreamUser WithNameFrom(string? posted)
    {
        try
        {
            using var document = JsonDocument.Parse(posted ?? "{}", new JsonDocumentOptions { MaxDepth = 4 });
            return At(document.RootElement, "name") is not { } name
                ? this
                : this with
                {
                    GivenName = GivenName ?? Part(name, "firstName"),
                    FamilyName = FamilyName ?? Part(name, "lastName"),
                };
        }
        catch (JsonException)
        {
            return this;
        }

        static string? Part(JsonElement name, string part) =>
            At(name, part) is { ValueKind: JsonValueKind.String } value
            && value.GetString() is { Length: > 0 and <= MaxTextLength } text
            && !text.Any(char.IsControl)
                ? text
                : null;
    }

    /// <summary>Stored profile, <c>profileData</c> in the API.</summary>
    public string ToProfileData()
    {
        var json = new JsonObject();
        foreach (var (name, value) in new[]
            {
                ("email", Email),
                ("name", Name),
                ("given_name", GivenName),
                ("family_name", FamilyName),
                ("nickname", Nickname),
                ("picture", Picture),
            })
        {
            if (value is not null)
                json[name] = value;
        }

        if (Email is not null)
            json["email_verified"] = EmailVerified;
        return json.ToJsonString();
    }

    /// <summary>By its name, or by the names on the way to it: <c>data.id</c>.</summary>
    private static JsonElement? At(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return null;
        if (json.TryGetProperty(name, out var value))
            return value;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && json.TryGetProperty(name[..dot], out var inner) ? At(inner, name[(dot + 1)..]) : null;
    }
}
