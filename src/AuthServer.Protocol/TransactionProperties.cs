using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Dpop;
using AuthServer.Protocol.Issuance;
using OpenIddict.Server;

namespace AuthServer.Protocol;

/// <summary>The values that event handlers of this server pass to each other within one request; all of them, and no others.</summary>
internal static class TransactionProperties
{
    extension(OpenIddictServerTransaction transaction)
    {
        /// <summary>The request's parameters, each once; an empty one is absent.</summary>
        public RequestParameters Parameters
        {
            get => transaction.Get<RequestParameters>(nameof(Parameters)) ?? RequestParameters.None;
            set => transaction.Properties[nameof(Parameters)] = value;
        }

        /// <summary>The client that is authenticated, or that an authorization request names.</summary>
        public Client? Client
        {
            get => transaction.Get<Client>(nameof(Client));
            set => transaction.Properties[nameof(Client)] = value;
        }

        /// <summary>The client_id that a client claims by its credentials, for the count of failures; there need not be such a client.</summary>
        public string? ClaimedClientId
        {
            get => transaction.Get<string>(nameof(ClaimedClientId));
            set => transaction.Properties[nameof(ClaimedClientId)] = value;
        }

        /// <summary>The secret of HTTP Basic as it was sent, before its form encoding is undone; null without Basic.</summary>
        public string? RawClientSecret
        {
            get => transaction.Get<string>(nameof(RawClientSecret));
            set => transaction.Properties[nameof(RawClientSecret)] = value;
        }


        /// <summary>The proof of the DPoP header; null without one.</summary>
        public DpopProof? DpopProof
        {
            get => transaction.Get<DpopProof>(nameof(DpopProof));
            set => transaction.Properties[nameof(DpopProof)] = value;
        }

        /// <summary>The stored token that was presented, with its authorization: a code, a refresh token, an opaque access token.</summary>
        public Token? PresentedToken
        {
            get => transaction.Get<Token>(nameof(PresentedToken));
            set => transaction.Properties[nameof(PresentedToken)] = value;
        }

        /// <summary>The code belongs to the client, whose further mistakes count as failed attempts at it.</summary>
        public bool IsCodeAttempt
        {
            get => transaction.Properties.ContainsKey(nameof(IsCodeAttempt));
            set => transaction.Set(nameof(IsCodeAttempt), value ? true : null);
        }

        /// <summary>What is issued; null until the rules of the grant have passed.</summary>
        public TokenIssuance? Issuance
        {
            get => transaction.Get<TokenIssuance>(nameof(Issuance));
            set => transaction.Properties[nameof(Issuance)] = value;
        }

        /// <summary>The error of this server's own rules, with its detail for the log.</summary>
        public OAuthError? Error
        {
            get => transaction.Get<OAuthError>(nameof(Error));
            set => transaction.Set(nameof(Error), value);
        }

        private T? Get<T>(string name)
            where T : class => transaction.Properties.TryGetValue(name, out var value) ? value as T : null;

        private void Set(string name, object? value)
        {
            if (value is null)
                transaction.Properties.Remove(name);
            else
                transaction.Properties[name] = value;
        }
    }
}
