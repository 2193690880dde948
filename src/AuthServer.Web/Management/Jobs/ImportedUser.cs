using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Users;
using AuthServer.Web.Management.Users;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Jobs;

/// <summary>One user of an import's file, in the members that Auth0 documents.</summary>
internal sealed class ImportedUser
{
    /// <summary>The members that change a user who exists, except the hash.</summary>
    private static readonly string[] Upserted =
    [
        "email_verified", "given_name", "family_name", "name", "nickname", "picture", "user_metadata", "app_metadata",
    ];

    private static readonly string[] Members =
    [
        .. Upserted, "email", "user_id", "username", "phone_number", "phone_verified", "blocked",
    ];

    /// <summary>Members that no error shows.</summary>
    private static readonly string[] Hashes = [ImportedPassword.BcryptMember, ImportedPassword.CustomMember];

    private readonly JsonObject profile;

    private ImportedUser(JsonElement root)
    {
        var known = Members.Concat(Hashes);
        var unknown = root.EnumerateObject().Select(member => member.Name).Except(known, StringComparer.Ordinal);
        if (unknown.FirstOrDefault() is { } name)
            ManagementException.ThrowIfInvalid(ValidationError.Unknown(name));
        profile = Profile(root);
        Password = ImportedPassword.Of(root);
    }

    /// <summary>Null when the file has none: the user has to set one.</summary>
    public ImportedPassword? Password { get; }

    /// <exception cref="ManagementException">The user is malformed.</exception>
    public static ImportedUser Of(JsonElement root)
    {
        if (JsonValidators.Object(root) is { } mistyped)
            throw ManagementException.Invalid(mistyped);
        var user = new ImportedUser(root);
        ManagementException.ThrowIfInvalid(UserService.CheckUserId(JsonBody.Of(user.profile)));
        return user;
    }

    /// <summary>What an error shows of a user: no member that is unknown, which may be a secret, and no hash.</summary>
    public static JsonNode? Visible(JsonElement root) => root.ValueKind == JsonValueKind.Object
        ? Profile(root)
        : JsonNode.Parse(root.GetRawText());

    private static JsonObject Profile(JsonElement root) => new(root.EnumerateObject()
        .Where(member => Members.Contains(member.Name, StringComparer.Ordinal))
        .Select(member => KeyValuePair.Create(member.Name, JsonNode.Parse(member.Value.GetRawText()))));

    /// <exception cref="ManagementException">The user is malformed.</exception>
    public User Create(string connection, DateTimeOffset now)
    {
        var body = JsonBody.Of(profile);
        var user = NewUser.InDatabase(connection, email: null, now, body.Text("user_id"));
        UserModel.Wire.Apply(body, user, Change.Create);
        UserService.Complete(user);
        return user;
    }

    /// <summary>
    /// Metadata is replaced as a whole. Whether an address is verified only counts for the user's own address: the
    /// user may have been found by id or user name.
    /// </summary>
    /// <exception cref="ManagementException">The user is malformed.</exception>
    public void Update(User user, DateTimeOffset now)
    {
        var changes = new JsonObject(profile
            .Where(member => Upserted.Contains(member.Key, StringComparer.Ordinal))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        var email = (string?)profile["email"];
        if (email is null || LoginIdentifier.Normalize(email) != user.NormalizedEmail)
            changes.Remove("email_verified");
        if (changes.ContainsKey("user_metadata"))
            user.UserMetadata = "{}";
        if (changes.ContainsKey("app_metadata"))
            user.AppMetadata = "{}";
        UserModel.Wire.Apply(JsonBody.Of(changes), user, Change.Update);
        user.UpdatedAt = now;
    }
}
