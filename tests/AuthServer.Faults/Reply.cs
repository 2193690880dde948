using System.Net;
using System.Text.Json;

namespace AuthServer.Faults;

/// <summary>Response to a request; no status when the server died during it.</summary>
public sealed record Reply(HttpStatusCode? Status, string Text = "", Uri? Location = null)
{
    public static readonly Reply None = new(Status: null);

    public bool Acknowledged => Status == HttpStatusCode.OK;

    public bool Unanswered => Status is null;

    public string? Error => this["error"];

    public string? RefreshToken => this["refresh_token"];

    /// <summary>A member of the JSON; null when there is none.</summary>
    public string? this[string member] =>
        Text.StartsWith('{') && JsonDocument.Parse(Text).RootElement.TryGetProperty(member, out var value)
            ? value.ToString()
            : null;
}

public static class Replies
{
    extension(HttpClient http)
    {
        public async Task<Reply> AskAsync(HttpRequestMessage request)
        {
            try
            {
                using var answer = await http.SendAsync(request);
                return new Reply(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location);
            }
            catch (Exception dead) when (dead is HttpRequestException or IOException or TaskCanceledException)
            {
                return Reply.None;
            }
        }
    }
}
