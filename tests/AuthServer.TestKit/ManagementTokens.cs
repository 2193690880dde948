using System.Net.Http.Json;
using System.Text.Json;

namespace AuthServer.TestKit;

/// <summary>Tokens of the Management API from a server's token endpoint.</summary>
public static class ManagementTokens
{
    /// <summary>A token for the client that the first start makes.</summary>
    public static async Task<string> GetManagementTokenAsync(this HttpClient http, string issuer)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", TestServer.ClientId),
            new("client_secret", TestServer.ClientSecret),
            new("audience", issuer + "api/v2/"),
        ]);
        using var answer = await http.PostAsync("/oauth/token", form);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }
}
