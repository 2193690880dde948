using System.Text.Json.Nodes;
using AuthServer.Core;
using AuthServer.Core.Federation;
using AuthServer.Core.Model;
using AuthServer.Web.Areas.Dashboard.Forms;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>A connection as forms show it: where its options have no value, with the one that counts.</summary>
internal static class EffectiveOptions
{
    public static JsonObject Fill(JsonObject connection)
    {
        var filled = connection.DeepClone().AsObject();
        switch ((string?)filled["strategy"])
        {
            case Connection.DatabaseStrategy:
                Default(filled, "options.password_dictionary.enable", true);
                return filled;
            case ProviderPreset.Oidc:
                Default(filled, "options.id_token_signed_response_algs", JsonText.ArrayOf(Algorithms.Accepted));
                break;
            case ProviderPreset.OAuth2:
                Default(filled, "options.pkce_enabled", true);
                break;
        }

        Default(filled, "options.token_endpoint_auth_method", ProviderAuthMethods.Post);
        Default(filled, "options.set_user_root_attributes", RootAttributes.OnEachLogin);
        if (MemberPath.Find(filled, "options.scope") is JsonArray scopes)
            MemberPath.Set(filled, "options.scope", string.Join(' ', scopes));
        return filled;
    }

    private static void Default(JsonObject connection, string member, JsonNode value)
    {
        if (MemberPath.Find(connection, member) is null)
            MemberPath.Set(connection, member, value);
    }
}
