import AWSAPI

extension AWSAPI.Operation { func validate(_ parameters: AWSStructure) throws(AWSError) {} }
