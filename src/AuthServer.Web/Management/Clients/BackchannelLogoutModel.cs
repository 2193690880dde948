using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>
/// The members of a client's <c>oidc_logout</c>, and of its older name, which is read and no longer written.
/// </summary>
internal static class BackchannelLogoutModel
{
    public const string Name = "oidc_logout";

    public static ResourceSchema<Client> Wire { get; } = new ResourceSchema<Client>()
        .With(new("backchannel_logout_urls", Write, Read))
        .Default("backchannel_logout_initiators", """{"mode":"all"}""", Name)
        .Default("backchannel_logout_session_metadata", "{}", Name);

    public static ResourceSchema<Client> Older { get; } =
        new ResourceSchema<Client>().With(new("backchannel_logout_urls", _ => null, Read));

    public static void Reset(Client client)
    {
        client.BackchannelLogoutUrls = [];
        client.ForgetProperties(Name);
    }

    private static JsonArray? Write(Client client) =>
        client.BackchannelLogoutUrls.Count == 0 ? null : JsonText.ArrayOf(client.BackchannelLogoutUrls);

    private static ValidationError? Read(Client client, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Null && JsonValidators.Texts(value) is { } mistyped)
            return mistyped;
        client.BackchannelLogoutUrls =
            value.ValueKind == JsonValueKind.Null ? [] : [.. value.EnumerateArray().Select(url => url.GetString()!)];
        return null;
    }
}
