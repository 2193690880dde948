using AuthServer.Protocol.Issuance;

namespace AuthServer.Protocol.Exchange;

/// <summary>One grant type of RFC 6749 §1.3: its rules in order, and what is issued when all of them pass.</summary>
internal interface IGrantTypeHandler
{
    IReadOnlyList<ExchangeRule> Rules { get; }

    TokenIssuance Issue(ExchangeContext context);
}
