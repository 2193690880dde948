using AuthServer.Core.Model;

namespace AuthServer.TestKit;

/// <summary>Client of RFC 9126.</summary>
public static class PushedRequests
{
    extension(OAuth oauth)
    {
        /// <summary>
        /// POST /oauth/par with the client's usual request; more parameters replace these, a null drops one.
        /// </summary>
        public Task<Answer> PushAsync(Client client, params (string Name, string? Value)[] more) =>
            oauth.PostAsync(
                "/oauth/par",
                [
                    .. OAuth.RequestOf(client).Select(p => (p.Key, p.Value)),
                    ("client_secret", client.IsPublic ? null : TestData.Secret),
                    .. more,
                ]);

        /// <summary>Only the reference.</summary>
        public async Task<string> ReferenceAsync(Client client, params (string Name, string? Value)[] more)
        {
            var answer = await oauth.PushAsync(client, more);
            return answer["request_uri"]
                ?? throw new InvalidOperationException($"Not pushed: {answer.Status} {answer.Json}");
        }

        /// <summary>GET /authorize with a reference, as in RFC 9126 §4, and further parameters.</summary>
        public Task<HttpResponseMessage> FollowAsync(
            Client client, string reference, string? cookie, params (string Name, string? Value)[] more)
        {
            var request = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["client_id"] = client.ClientId,
                ["request_uri"] = reference,
            };
            foreach (var (name, value) in more)
                request[name] = value;
            return oauth.AuthorizeAsync(request, cookie);
        }
    }
}
